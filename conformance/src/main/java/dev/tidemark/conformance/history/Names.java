package dev.tidemark.conformance.history;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.ReplicaId;

/**
 * The names of nodes and replicas in a history: nodes are {@code ROOT}, a number or a small letter;
 * replicas are capital letters.
 */
final class Names {
  /** Marks the ids of nodes that are named by a letter. */
  private static final long LETTER = 1;

  /** Every third numbered node is negative as a signed number. */
  private static final int SIGN_EVERY = 3;

  private Names() {}

  static NodeId node(String name) {
    if (name.equals("ROOT")) {
      return NodeId.ROOT;
    }
    char first = name.charAt(0);
    if (Character.isDigit(first)) {
      return node(Integer.parseInt(name));
    }
    if (name.length() != 1 || first < 'a' || first > 'z') {
      throw new IllegalArgumentException("no name of a node: " + name);
    }
    return new NodeId(LETTER, first);
  }

  static NodeId node(int number) {
    // Number 0 must not become the root.
    return new NodeId(number % SIGN_EVERY == 0 ? Long.MIN_VALUE : 0, number);
  }

  static String name(NodeId node) {
    if (node.isRoot()) {
      return "ROOT";
    }
    return node.high() == LETTER ? String.valueOf((char) node.low()) : String.valueOf(node.low());
  }

  /**
   * The id of a replica. The order of ids is that of letters, yet it needs the comparison of
   * unsigned bytes and of prefixes: every second id extends the one before, and late ones are
   * negative.
   */
  static ReplicaId replica(char letter) {
    if (letter < 'A' || letter > 'Z') {
      throw new IllegalArgumentException("no name of a replica: " + letter);
    }
    int number = letter - 'A';
    byte first = (byte) (0x70 + 0x08 * (number / 2));
    return ReplicaId.of(number % 2 == 0 ? new byte[] {first} : new byte[] {first, 0});
  }

  static char name(ReplicaId replica) {
    int number = 2 * (((replica.toByteArray()[0] & 0xFF) - 0x70) / 0x08) + replica.length() - 1;
    return (char) ('A' + number);
  }
}

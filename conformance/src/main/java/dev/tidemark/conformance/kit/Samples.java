package dev.tidemark.conformance.kit;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import java.util.Random;

/** Short ways to make the values that tests are about. */
public final class Samples {
  /** A document. */
  public static final DocumentId NOTES = DocumentId.of("notes");

  /** Another document. */
  public static final DocumentId OTHER = DocumentId.of("other");

  /** A replica whose byte is negative as a signed number, and so the last of the three. */
  public static final ReplicaId LAST = replica(0xF0);

  /** A replica between the others: it extends {@link #FIRST}, which is its prefix. */
  public static final ReplicaId MIDDLE = replica(0x10, 0x00);

  /** The first replica of the three. */
  public static final ReplicaId FIRST = replica(0x10);

  private Samples() {}

  /**
   * Makes a replica id.
   *
   * @param bytes its bytes, 0 to 255 each
   * @return the id
   */
  public static ReplicaId replica(int... bytes) {
    return ReplicaId.of(bytes(bytes));
  }

  /**
   * Makes an order key.
   *
   * @param bytes its bytes, 0 to 255 each
   * @return the key
   */
  public static OrderKey orderKey(int... bytes) {
    return OrderKey.of(bytes(bytes));
  }

  /**
   * Makes a node id.
   *
   * @param number its lower 64 bits
   * @return the id
   */
  public static NodeId node(long number) {
    return new NodeId(0, number);
  }

  /**
   * Makes a canonical key.
   *
   * @param lamport the Lamport time
   * @param replica the author
   * @param counter the author's count
   * @return the key
   */
  public static CanonicalKey key(long lamport, ReplicaId replica, long counter) {
    return new CanonicalKey(lamport, replica, counter);
  }

  /**
   * Makes the key of the n-th operation of {@link #FIRST} at time n.
   *
   * @param n counter and Lamport time
   * @return the key
   */
  public static CanonicalKey key(long n) {
    return key(n, FIRST, n);
  }

  /**
   * Makes a placement with an empty order key.
   *
   * @param parent the parent
   * @param n the number of the operation, as in {@link #key(long)}
   * @return the placement
   */
  public static PlacementRow placement(NodeId parent, long n) {
    return new PlacementRow(parent, OrderKey.EMPTY, key(n));
  }

  /**
   * Makes a row of a node that is placed, and nothing else.
   *
   * @param node the node
   * @param parent its parent
   * @param orderKey its place among its siblings
   * @return the row
   */
  public static NodeRow placed(NodeId node, NodeId parent, OrderKey orderKey) {
    return NodeRow.untouched(node).withPlacement(new PlacementRow(parent, orderKey, key(1)));
  }

  /**
   * Makes a logged write of a small payload by {@link #FIRST}.
   *
   * @param version the version
   * @param sequence the place within the version
   * @param n counter and Lamport time, and the payload
   * @return the operation
   */
  public static LoggedOperation logged(long version, int sequence, long n) {
    return logged(
        version,
        sequence,
        new Operation.SetPayload(new OperationId(FIRST, n), n, node(n), Payload.of("p" + n)));
  }

  /**
   * Puts an operation at a position.
   *
   * @param version the version
   * @param sequence the place within the version
   * @param operation the operation
   * @return the logged operation
   */
  public static LoggedOperation logged(long version, int sequence, Operation operation) {
    return new LoggedOperation(new Position(version, sequence), operation);
  }

  /**
   * Makes bytes of all values, the same at each call.
   *
   * @param length how many
   * @return the bytes
   */
  public static byte[] content(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}

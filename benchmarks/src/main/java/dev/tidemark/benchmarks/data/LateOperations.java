package dev.tidemark.benchmarks.data;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes operations of another author on a balanced tree, late or in order. */
public final class LateOperations {
  /** What an operation does. */
  public enum Kind {
    /** Inserts a leaf. */
    LEAF_INSERT,
    /** Moves a leaf to another parent. */
    LEAF_MOVE,
    /** Writes a payload that nobody has written since. */
    PAYLOAD_WINS,
    /** Writes a payload that was written since. */
    PAYLOAD_LOSES,
    /** Deletes a leaf. */
    DELETE;

    /**
     * Returns the words for it.
     *
     * @return lower-case words
     */
    public String words() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  private static final ReplicaId AUTHOR = BalancedTree.author(2);

  private final BalancedTree tree;
  private final long size;
  private final Bytes random;
  private final Set<Long> used = new HashSet<>();
  private long counter;
  private long head;

  /**
   * Starts behind a tree.
   *
   * @param tree the tree
   * @param size how many operations it has
   */
  public LateOperations(BalancedTree tree, long size) {
    this.tree = tree;
    this.size = size;
    this.random = new Bytes(size);
    this.head = size;
  }

  /**
   * Makes an operation.
   *
   * @param kind what it does
   * @param lateness how many operations of the tree come after it; 0 to be in order
   * @return the operation
   */
  public Operation next(Kind kind, long lateness) {
    return at(kind, lateness == 0 ? ++head : size - lateness, size - lateness);
  }

  /**
   * Makes an operation.
   *
   * @param kind what it does
   * @param lamport its Lamport time
   * @param seen the last operation of the tree that its author had seen
   * @return the operation
   */
  public Operation at(Kind kind, long lamport, long seen) {
    OperationId id = new OperationId(AUTHOR, ++counter);
    Payload payload = Payload.wrap(random.next(64));
    return switch (kind) {
      case LEAF_INSERT -> {
        NodeId node = new NodeId(BalancedTree.node(size + counter).high(), random.nextLong());
        yield new Operation.Insert(id, lamport, node, folder(), place(), payload);
      }
      case LEAF_MOVE ->
          new Operation.Move(id, lamport, BalancedTree.node(leaf(seen)), folder(), place());
      case PAYLOAD_WINS ->
          new Operation.SetPayload(id, lamport, BalancedTree.node(leaf(seen)), payload);
      case PAYLOAD_LOSES ->
          new Operation.SetPayload(id, lamport, BalancedTree.node(younger(seen)), payload);
      case DELETE -> {
        long leaf = leaf(seen);
        KnownOperations known =
            KnownOperations.of(List.of(new OperationId(BalancedTree.AUTHOR, leaf)));
        yield new Operation.Delete(id, lamport, BalancedTree.node(leaf), known);
      }
    };
  }

  /**
   * Makes a move of a folder.
   *
   * @param lamport its Lamport time
   * @return the operation
   */
  public Operation folderMove(long lamport) {
    return BalancedTree.folderMove(AUTHOR, ++counter, lamport, random.nextLong());
  }

  private dev.tidemark.api.OrderKey place() {
    return BalancedTree.orderKey(random.below(1 << 16));
  }

  /** A node that has children, or the root. */
  private NodeId folder() {
    long number;
    do {
      number = random.below(size / BalancedTree.FANOUT);
    } while (number != 0 && !tree.isNode(number));
    return BalancedTree.node(number);
  }

  /** A node without children that the author had seen, and that no other operation was made for. */
  private long leaf(long seen) {
    long first = size / BalancedTree.FANOUT + 1;
    long number;
    do {
      number = first + random.below(seen - first);
    } while (!tree.isNode(number) || !used.add(number));
    return number;
  }

  /** A node that was inserted, with its payload, after what the author had seen. */
  private long younger(long seen) {
    if (seen == size) {
      return leaf(seen);
    }
    long number;
    do {
      number = seen + 1 + random.below(size - seen);
    } while (!tree.isNode(number));
    return number;
  }
}

package dev.tidemark.benchmarks.data;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Operations by one author that make a tree in which each node has ten children, breadth first, as
 * node 1 to 10 below the root, 11 to 20 below node 1. Lamport time and counter of each operation
 * are its number, and so is the node that it inserts.
 *
 * @param payloadBytes the size of each node's payload
 * @param movesEvery how often a folder of the second level is moved in place of an insert; 0 for
 *     never
 * @param content makes a payload of a size
 */
public record BalancedTree(
    int payloadBytes, int movesEvery, BiFunction<Bytes, Integer, byte[]> content) {
  /**
   * Makes a tree whose payloads look random.
   *
   * @param payloadBytes the size of each node's payload
   * @param movesEvery how often a folder is moved; 0 for never
   */
  public BalancedTree(int payloadBytes, int movesEvery) {
    this(payloadBytes, movesEvery, Bytes::next);
  }

  /** The children of each node. */
  public static final int FANOUT = 10;

  /** The first nodes, which are never left out: the folders of the first two levels. */
  private static final int FOLDERS = FANOUT + FANOUT * FANOUT;

  /** The author of the tree. */
  public static final ReplicaId AUTHOR = author(1);

  /**
   * Returns an author.
   *
   * @param number from 1
   * @return an id of 16 bytes; ascending with the number
   */
  public static ReplicaId author(int number) {
    byte[] bytes = new Bytes(-number).next(16);
    bytes[0] = (byte) number;
    return ReplicaId.of(bytes);
  }

  /**
   * Returns a node.
   *
   * @param number its number; 0 for the root
   * @return an id that ascends with the number, as ids that are made by and by do
   */
  public static NodeId node(long number) {
    if (number == 0) {
      return NodeId.ROOT;
    }
    // As in UUID version 7: 48 bits of milliseconds, a version, a counter, and what is random.
    long millis = 1_760_000_000_000L + number / 1000;
    long counter = number % 1000;
    return new NodeId(
        millis << 16 | 0x7000 | counter << 2, Long.MIN_VALUE | Bytes.mix(number) >>> 1);
  }

  /**
   * Returns the parent of a node.
   *
   * @param number the node's number, from 1
   * @return the parent's
   */
  public static long parent(long number) {
    return (number - 1) / FANOUT;
  }

  /** The parent that there is: a number may be that of a move. */
  private long parentNode(long number) {
    long parent = parent(number);
    return parent == 0 || isNode(parent) ? parent : parent - 1;
  }

  /**
   * Returns an order key.
   *
   * @param place where among the siblings, from 0
   * @return a key of 4 bytes
   */
  public static OrderKey orderKey(long place) {
    return OrderKey.of(new byte[] {(byte) 0x80, (byte) (place >> 8), (byte) place, (byte) 0x80});
  }

  /**
   * Tells whether an operation inserts a node.
   *
   * @param number the operation
   * @return false for a move
   */
  public boolean isNode(long number) {
    return movesEvery == 0 || number % movesEvery != 0 || number <= FOLDERS;
  }

  /**
   * Returns one operation.
   *
   * @param number from 1
   * @return the operation
   */
  public Operation operation(long number) {
    return isNode(number) ? insert(number) : folderMove(AUTHOR, number, number, number);
  }

  /**
   * Moves a folder of the second level, which has most of a hundredth of all nodes below it, below
   * another of the first.
   *
   * @param author who moves it
   * @param counter the author's counter
   * @param lamport the Lamport time
   * @param variation chooses the folder and its new parent
   * @return the operation
   */
  public static Operation.Move folderMove(
      ReplicaId author, long counter, long lamport, long variation) {
    Bytes random = new Bytes(variation);
    return new Operation.Move(
        new OperationId(author, counter),
        lamport,
        node(FANOUT + 1 + random.below(FANOUT * FANOUT)),
        node(1 + random.below(FANOUT)),
        orderKey(random.below(1 << 16)));
  }

  /**
   * Returns one insert.
   *
   * @param number from 1
   * @return the operation
   */
  public Operation.Insert insert(long number) {
    return new Operation.Insert(
        new OperationId(AUTHOR, number),
        number,
        node(number),
        node(parentNode(number)),
        orderKey((number - 1) % FANOUT),
        Payload.wrap(content.apply(new Bytes(number), payloadBytes)));
  }

  /**
   * Returns several operations.
   *
   * @param first the number of the first
   * @param count how many
   * @return the operations
   */
  public List<Operation> batch(long first, int count) {
    List<Operation> operations = new ArrayList<>(count);
    for (long number = first; number < first + count; number++) {
      operations.add(operation(number));
    }
    return operations;
  }
}

package dev.tidemark.conformance.kit.cost;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;

/**
 * A document in which a few nodes have been through very much. The operation n has Lamport time 10
 * n, so that late ones fit between.
 */
final class LongHistory {
  private static final int STEP = 10;
  private static final int BATCH = 1000;
  private static final int MOVE_EVERY = 10;
  private static final int MANY = 40;
  private static final ReplicaId SERVER = ReplicaId.fromHex("5e");
  private static final ReplicaId DEVICE = ReplicaId.fromHex("de");
  private static final OrderKey KEY = OrderKey.of(new byte[] {1});

  private static final NodeId HERE = new NodeId(1, 1);
  private static final NodeId THERE = new NodeId(1, 2);
  private static final NodeId ELSEWHERE = new NodeId(1, 3);

  /** A folder that is written very often and moved only at the start and at the end. */
  private static final NodeId FOLDER = new NodeId(1, 4);

  /** Written very often, and now and then moved from here to there or back. */
  private static final NodeId BUSY = new NodeId(2, 1);

  /** Written first, then only moved. */
  private static final NodeId RESTLESS = new NodeId(2, 2);

  /** Written very often and never moved. */
  private static final NodeId STILL = new NodeId(2, 3);

  private final int size;
  private final List<Operation> batch = new ArrayList<>();
  private final Document document;
  private long lamport;
  private long counter;
  private long deviceCounter;
  private long quarter;
  private long middle;

  private LongHistory(Document document, int size) {
    this.document = document;
    this.size = size;
  }

  /** Appends about so many operations on each of the nodes, in order. */
  static LongHistory append(Document document, int size) {
    LongHistory history = new LongHistory(document, size);
    history.append();
    return history;
  }

  private void append() {
    List.of(HERE, THERE, ELSEWHERE, FOLDER).forEach(folder -> insert(folder, NodeId.ROOT));
    insert(new NodeId(2, 9), FOLDER);
    List.of(BUSY, RESTLESS, STILL).forEach(leaf -> insert(leaf, HERE));
    write(RESTLESS);
    move(FOLDER, ELSEWHERE);
    for (int n = 0; n < size; n++) {
      boolean isThere = n / MOVE_EVERY % 2 == 0;
      if (n % MOVE_EVERY == 0) {
        move(BUSY, isThere ? THERE : HERE);
        noteTime(n);
        move(RESTLESS, isThere ? THERE : HERE);
      } else {
        write(BUSY);
      }
      write(STILL);
      write(FOLDER);
    }
    move(FOLDER, NodeId.ROOT);
    flush();
  }

  /** Just behind a move of the busy node: how many writes follow until its next is always one. */
  private void noteTime(int n) {
    if (n <= size / 4) {
      quarter = lamport;
    }
    if (n <= size / 2) {
      middle = lamport;
    }
  }

  private void insert(NodeId node, NodeId parent) {
    add(new Operation.Insert(nextId(), nextTime(), node, parent, KEY, null));
  }

  private void move(NodeId node, NodeId parent) {
    add(new Operation.Move(nextId(), nextTime(), node, parent, KEY));
  }

  private void write(NodeId node) {
    add(new Operation.SetPayload(nextId(), nextTime(), node, Payload.of("x")));
  }

  private void add(Operation operation) {
    batch.add(operation);
    if (batch.size() == BATCH) {
      flush();
    }
  }

  private void flush() {
    document.append(batch);
    batch.clear();
  }

  private OperationId nextId() {
    return new OperationId(SERVER, ++counter);
  }

  private long nextTime() {
    lamport += STEP;
    return lamport;
  }

  /** How many writes stand behind an early move of the node that never moved. */
  long writesOfEarlyMoved() {
    return size;
  }

  private OperationId lateId() {
    return new OperationId(DEVICE, ++deviceCounter);
  }

  private Operation lateMove(long time, NodeId node, NodeId parent) {
    return new Operation.Move(lateId(), time, node, parent, KEY);
  }

  private Operation lateWrite(long time, NodeId node) {
    return new Operation.SetPayload(lateId(), time, node, Payload.of("late"));
  }

  List<Operation> writeThatLoses() {
    return List.of(lateWrite(middle + 1, BUSY));
  }

  List<Operation> writeThatWins() {
    return List.of(lateWrite(middle + 2, RESTLESS));
  }

  List<Operation> manyWrites() {
    List<Operation> writes = new ArrayList<>();
    for (int n = 0; n < MANY; n++) {
      writes.add(lateWrite(middle - (long) STEP * n + 3, BUSY));
      writes.add(lateWrite(middle - (long) STEP * n + 3, RESTLESS));
    }
    return writes;
  }

  /** Just behind a move of the server's, whose next one ends it some writes later. */
  List<Operation> shortMove() {
    return List.of(lateMove(middle + 4, BUSY, ELSEWHERE));
  }

  /** The server's next moves end both; of the write it is asked where its node was. */
  List<Operation> movesAndWrite() {
    return List.of(
        lateMove(quarter + 5, BUSY, ELSEWHERE),
        lateWrite(middle - (long) STEP * STEP + 5, BUSY),
        lateMove(middle + 5, BUSY, ELSEWHERE));
  }

  /** The server's next operation ends the first; the other one moves its node to where it is. */
  List<Operation> idleMove() {
    return List.of(lateMove(middle + 6, RESTLESS, ELSEWHERE), lateMove(middle + 7, STILL, HERE));
  }

  List<Operation> delete() {
    return List.of(
        new Operation.Delete(lateId(), middle + 8, BUSY, KnownOperations.NONE),
        new Operation.Delete(lateId(), middle + 8, FOLDER, KnownOperations.NONE));
  }

  /** Behind all but a few writes of the folder, and just before its own last move. */
  List<Operation> folderMove() {
    return List.of(lateMove(lamport - STEP * STEP + 9, FOLDER, HERE));
  }

  /** Of the node that nothing moves later, before all its writes. */
  List<Operation> earlyMove() {
    return List.of(lateMove(STEP * 9 + 1, STILL, THERE));
  }

  /** In order, below the node that was only moved. */
  List<Operation> firstChild() {
    return List.of(
        new Operation.Insert(
            lateId(), lamport + STEP, new NodeId(3, 1), RESTLESS, KEY, Payload.of("child")));
  }
}

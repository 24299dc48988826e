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
import java.util.stream.IntStream;

/**
 * A long log for counting work: folders with leaves, payload writes, and now and then a folder that
 * moves. The operation n has Lamport time 10 n, so that late ones fit between.
 */
final class WorkLog {
  static final int FOLDERS = 20;
  static final int STEP = 10;
  private static final int BATCH = 1000;
  private static final long LATER = 1_000_000_000;
  private static final int FOLDER_MOVE_EVERY = 50;
  static final ReplicaId SERVER = ReplicaId.fromHex("5e");
  private static final ReplicaId DEVICE = ReplicaId.fromHex("de");

  private static final OrderKey FIRST_KEY = OrderKey.of(new byte[] {1});

  private final int size;
  private final List<Long> lateFolderOperations = new ArrayList<>();
  private long deviceCounter;

  private WorkLog(int size) {
    this.size = size;
  }

  /** Appends a log of so many operations, in order. */
  static WorkLog append(Document document, int size) {
    List<Operation> batch = new ArrayList<>(BATCH);
    for (int n = 1; n <= size; n++) {
      batch.add(operation(n));
      if (batch.size() == BATCH || n == size) {
        document.append(batch);
        batch.clear();
      }
    }
    return new WorkLog(size);
  }

  /** The same log as a list. */
  static List<Operation> operations(int size) {
    return IntStream.rangeClosed(1, size).mapToObj(WorkLog::operation).toList();
  }

  /** Operations of an author of whom the log has none, all later than it. */
  static List<Operation> foreignOperations(int count) {
    List<Operation> operations = new ArrayList<>();
    for (int n = 1; n <= count; n++) {
      operations.add(
          new Operation.Insert(
              new OperationId(DEVICE, n),
              LATER + n,
              new NodeId(3, n),
              NodeId.ROOT,
              FIRST_KEY,
              Payload.of("foreign")));
    }
    return operations;
  }

  /** A write of a leaf's payload below all that the log has of it. */
  static Operation earlyWrite(long counter, NodeId leaf) {
    return new Operation.SetPayload(new OperationId(DEVICE, counter), 1, leaf, Payload.of("early"));
  }

  /** A delete of a leaf that knows nothing. */
  static Operation earlyDelete(long counter, NodeId leaf) {
    return new Operation.Delete(new OperationId(DEVICE, counter), 1, leaf, KnownOperations.NONE);
  }

  private static Operation operation(int n) {
    OperationId id = new OperationId(SERVER, n);
    long lamport = (long) STEP * n;
    OrderKey key = OrderKey.of(new byte[] {(byte) (1 + n % 255)});
    if (n <= FOLDERS) {
      // Folder 0 stays; the others begin below it, so that each is inner from the start on.
      return new Operation.Insert(
          id, lamport, folder(n), n == 1 ? NodeId.ROOT : folder(1), key, null);
    }
    if (n <= 2 * FOLDERS) {
      return new Operation.Insert(
          id, lamport, leaf(n), folder(n - FOLDERS), key, Payload.of("first"));
    }
    if (n % FOLDER_MOVE_EVERY == 0) {
      return new Operation.Move(
          id, lamport, folder(2 + n / FOLDER_MOVE_EVERY % (FOLDERS - 1)), folder(1), key);
    }
    return n % 3 == 0
        ? new Operation.SetPayload(id, lamport, leaf(n - 1), Payload.of("changed"))
        : new Operation.Insert(
            id, lamport, leaf(n), folder(1 + n % FOLDERS), key, Payload.of("new"));
  }

  static NodeId folder(int number) {
    return new NodeId(1, number);
  }

  static NodeId leaf(int number) {
    return new NodeId(2, number);
  }

  /** A Lamport time that so many logged operations are above. */
  private long lamport(int lateness) {
    return (long) STEP * (size - lateness) + 1;
  }

  private OperationId id() {
    return new OperationId(DEVICE, ++deviceCounter);
  }

  List<Operation> leafInsert(int lateness) {
    return List.of(
        new Operation.Insert(
            id(), lamport(lateness), NodeId.timeOrdered(), folder(3), FIRST_KEY, Payload.of("x")));
  }

  /** Of a leaf that nobody else moves: one of the first. */
  List<Operation> leafMove(int lateness, int leaf) {
    return List.of(
        new Operation.Move(id(), lamport(lateness), leaf(FOLDERS + leaf), folder(4), FIRST_KEY));
  }

  List<Operation> payloadWrite(int lateness, int leaf) {
    return List.of(
        new Operation.SetPayload(
            id(), lamport(lateness), leaf(FOLDERS + leaf), Payload.of("late")));
  }

  /** Of a folder that moved before and after. */
  List<Operation> folderWrite(int lateness, int folder) {
    return List.of(
        new Operation.SetPayload(id(), lamport(lateness), folder(folder), Payload.of("late")));
  }

  List<Operation> delete(int lateness, int leaf) {
    return List.of(
        new Operation.Delete(
            id(),
            lamport(lateness),
            leaf(FOLDERS + leaf),
            KnownOperations.of(List.of(new OperationId(SERVER, FOLDERS + leaf)))));
  }

  List<Operation> subtree(int lateness, int nodes) {
    List<Operation> operations = new ArrayList<>();
    List<NodeId> made = new ArrayList<>();
    long lamport = lamport(lateness);
    for (int i = 0; i < nodes; i++) {
      NodeId node = NodeId.timeOrdered();
      NodeId parent = i == 0 ? folder(5) : made.get((i - 1) / 4);
      operations.add(new Operation.Insert(id(), lamport, node, parent, FIRST_KEY, null));
      made.add(node);
      if (4 * i + 1 < nodes) {
        lateFolderOperations.add(lamport);
      }
    }
    return operations;
  }

  /** Above the other late operations of the same lateness. */
  List<Operation> folderMove(int lateness) {
    long lamport = lamport(lateness) + 1;
    lateFolderOperations.add(lamport);
    return List.of(new Operation.Move(id(), lamport, folder(6), folder(7), FIRST_KEY));
  }

  /** How many structural operations on folders are above the next such late folder move. */
  long folderOperationsAfter(int lateness) {
    long count = lateFolderOperations.stream().filter(l -> l > lamport(lateness)).count();
    for (int n = size - lateness + 1; n <= size; n++) {
      if (n <= FOLDERS || (n > 2 * FOLDERS && n % FOLDER_MOVE_EVERY == 0)) {
        count++;
      }
    }
    return count;
  }
}

package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What appends cost, counted in operations read and rows written: late operations cost what they
 * change, however long the log is and however late they are.
 */
public abstract class WorkContract extends EngineContract {
  /** The folders and leaves that late operations are about stand before the lateness begins. */
  private static final int BASE = 100;

  private static final int[] SIZES = {1_000, 10_000, 100_000};
  private static final int[] LATENESSES = {10, 1_000, 10_000, 100_000};
  private static final int SUBTREE = 50;

  private final StorageCalls calls = new StorageCalls();

  /** For subclasses. */
  protected WorkContract() {}

  /** One kind of late work. */
  private interface LateWork {
    /**
     * Makes it; the round is another one for each lateness, so that all find their node untouched.
     */
    List<Operation> make(WorkLog log, int lateness, int round);
  }

  @Test
  @Rule({"R3", "R4", "R5"})
  void lateOperationsCostWhatTheyChange() {
    Map<String, LateWork> flat = new TreeMap<>();
    flat.put("leaf insert", (log, lateness, round) -> log.leafInsert(lateness));
    flat.put("leaf move", (log, lateness, round) -> log.leafMove(lateness, 5 + 3 * round));
    flat.put("payload write", (log, lateness, round) -> log.payloadWrite(lateness, 6 + 3 * round));
    flat.put("delete", (log, lateness, round) -> log.delete(lateness, 7 + 3 * round));
    flat.put(
        "payload write of a folder that often moved",
        (log, lateness, round) -> log.folderWrite(lateness, 9 + round));
    flat.put("new subtree", (log, lateness, round) -> log.subtree(lateness, SUBTREE));
    Map<String, Set<Long>> rowsWritten = new TreeMap<>();

    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      for (int size : SIZES) {
        Document document = observed.document("log of " + size);
        WorkLog log = WorkLog.append(document, BASE + size);
        int round = 0;
        for (int lateness : LATENESSES) {
          if (lateness > size) {
            continue;
          }
          for (Map.Entry<String, LateWork> work : flat.entrySet()) {
            List<Operation> operations = work.getValue().make(log, lateness, round);
            long rows = append(document, operations, 0);
            assertThat(calls.logRowsRead()).as(calls::toString).isZero();
            // One seek where a node moved later; nothing of the node's other operations.
            assertThat(calls.rows("lastEffective")).as(calls::toString).isLessThan(2);
            assertThat(calls.rows("positions")).as(calls::toString).isZero();
            rowsWritten.computeIfAbsent(work.getKey(), k -> new TreeSet<>()).add(rows);
          }
          long mostVisited = log.folderOperationsAfter(lateness);
          append(document, log.folderMove(lateness), mostVisited);
          round++;
        }
        assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      }
    }
    assertThat(rowsWritten).hasSize(flat.size());
    rowsWritten.forEach((work, rows) -> assertThat(rows).as(work).hasSize(1));
  }

  /** Appends late operations and returns how many rows of the tree that wrote. */
  private long append(Document document, List<Operation> operations, long mostVisited) {
    calls.reset();
    AppendResult result = document.append(operations);
    assertThat(result.late()).isEqualTo(operations.size());
    assertThat(result.catchUp().visited())
        .as(operations::toString)
        .isLessThanOrEqualTo(mostVisited);
    // A page of the inner index begins with the last row of the one before.
    long pages = Math.max(1, calls.calls("innerOperations"));
    assertThat(calls.logRowsRead())
        .as(calls::toString)
        .isEqualTo(result.catchUp().visited() + pages - 1);
    assertThat(calls.treeRowsWritten()).isEqualTo(result.catchUp().rowsWritten());
    return result.catchUp().rowsWritten();
  }

  @Test
  @Rule("R2")
  void appendsInOrderReadNoneOfTheLog() {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("in order");
      WorkLog.append(document, 2_000);
      LocalReplica replica = document.replica(ReplicaId.fromHex("01"));
      List<Consumer<NodeId>> writes =
          List.of(
              folder -> replica.insert(folder, Placement.last(), Payload.of("x")),
              folder -> replica.move(folder, WorkLog.folder(1), Placement.first()),
              folder -> replica.setPayload(folder, Payload.of("y")));
      for (Consumer<NodeId> write : writes) {
        calls.reset();
        write.accept(WorkLog.folder(8));
        assertThat(calls.logRowsRead()).as(calls::toString).isZero();
        assertThat(calls.rows("lastEffective")).as(calls::toString).isZero();
        assertThat(calls.rows("positions")).as(calls::toString).isZero();
        assertThat(calls.rows("putParentRows")).as(calls::toString).isBetween(1L, 2L);
      }
    }
  }

  @Test
  @Rule({"R3", "R4"})
  void aDeviceThatWasOfflineReplaysOnlyFolders() {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("offline");
      int foreign = 20_000;
      WorkLog log = WorkLog.append(document, foreign + 2_000);
      List<Operation> own = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int kind = i % 50;
        if (kind < 30) {
          own.addAll(log.leafInsert(foreign));
        } else if (kind < 45) {
          own.addAll(log.payloadWrite(foreign, 1 + i % WorkLog.FOLDERS));
        } else if (kind < 49) {
          own.addAll(log.leafMove(foreign, 1 + i % WorkLog.FOLDERS));
        } else {
          own.addAll(log.folderMove(foreign));
        }
      }
      calls.reset();
      AppendResult result = document.append(own);
      assertThat(result.catchUp().path()).isEqualTo(CatchUpPath.REPLAYED);
      assertThat(result.catchUp().visited())
          .isLessThanOrEqualTo(log.folderOperationsAfter(foreign));
      assertThat(calls.logRowsRead()).isEqualTo(result.catchUp().visited());
      System.Logger logger = System.getLogger(WorkContract.class.getName());
      logger.log(
          System.Logger.Level.INFO,
          "200 operations, 20,000 late: {0} operations visited, {1} rows written",
          result.catchUp().visited(),
          result.catchUp().rowsWritten());
    }
  }
}

package dev.tidemark.conformance.kit.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.ChunkInspection;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads at one document, through one opened store and through several. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class ConcurrencyContract extends EngineContract {
  private static final int WRITERS = 4;
  private static final int WRITES = 15;

  /** For subclasses. */
  protected ConcurrencyContract() {}

  @Test
  @Rule("B2")
  void threadsThatWriteOneDocumentLoseNothing() throws Exception {
    Document document = newDocument();
    Threads.runAll(
        WRITERS,
        writer -> {
          try (Tidemark own = openAgain()) {
            Tidemark used = writer % 2 == 0 ? store() : own;
            write(used.document(document.id()), writer);
          }
        });

    assertThat(document.status().operations()).isEqualTo((long) WRITERS * WRITES);
    assertThat(document.status().version()).isEqualTo((long) WRITERS * WRITES);
    assertThat(versions(document)).as("versions without gaps").hasSize(WRITERS * WRITES);
    assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
  }

  @Test
  @Rule("C8")
  void windowsThatAreReadWhileOthersWriteLeaveNothingOut() throws Exception {
    Document document = newDocument();
    List<OperationId> sent = Collections.synchronizedList(new ArrayList<>());
    Threads.whileRunning(
        () -> drain(document, sent),
        () -> Threads.runAll(WRITERS, writer -> write(document, writer)));
    drain(document, sent);

    assertThat(sent).isEqualTo(ids(document)).doesNotHaveDuplicates();
  }

  @Test
  @Rule("R10")
  void listenersAreToldInTheOrderOfVersions() throws Exception {
    Document document = newDocument();
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    document.listen(
        (ChangeSet changes) -> {
          // Long enough for the others to commit meanwhile.
          LockSupport.parkNanos(1_000_000);
          told.add(changes.version());
        });
    Threads.runAll(WRITERS, writer -> write(document, writer));

    Threads.await(() -> told.size() == WRITERS * WRITES);
    assertThat(told).hasSize(WRITERS * WRITES).isSorted().doesNotHaveDuplicates();
  }

  @Test
  @Rule("B3")
  void aSnapshotIsOfOneMomentWhileOthersWrite() throws Exception {
    Document document = newDocument();
    Threads.whileRunning(
        () -> {
          try (TreeSnapshot snapshot = document.snapshot()) {
            long nodes = snapshot.walk(NodeId.ROOT).count();
            assertThat(nodes)
                .as("nodes at version %s", snapshot.version())
                .isEqualTo(snapshot.version());
            assertThat(snapshot.hash().visibleNodes()).isEqualTo(nodes);
          }
        },
        () -> Threads.runAll(WRITERS, writer -> write(document, writer)));
  }

  @Test
  @Rule("R8")
  void severalMayBringOneTreeUpToDate() throws Exception {
    Document document = newDocument();
    List<Operation> operations = new ArrayList<>();
    for (int n = 1; n <= 400; n++) {
      operations.add(insert(n));
    }
    int size = budget() == Budget.SMALLEST ? 1 : 50;
    for (int from = 0; from < operations.size(); from += size) {
      document.append(operations.subList(from, from + size), CatchUpPolicy.deferred());
    }
    Threads.runAll(
        WRITERS,
        writer -> {
          try (Tidemark own = openAgain()) {
            own.document(document.id()).ensureMaterialized();
          }
        });

    assertThat(document.status().frontier()).isEmpty();
    assertThat(document.treeHash().visibleNodes()).isEqualTo(400);
    assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
  }

  private static Operation insert(int n) {
    NodeId parent = n % 7 == 0 ? new NodeId(5, n - 1) : NodeId.ROOT;
    return new Operation.Insert(
        new OperationId(ReplicaId.fromHex("0d"), n),
        1000 - n,
        new NodeId(5, n),
        parent,
        OrderKey.EMPTY,
        null);
  }

  private static void write(Document document, int writer) {
    ReplicaId replica = ReplicaId.of(new byte[] {(byte) (writer + 1)});
    for (int i = 0; i < WRITES; i++) {
      document
          .replica(replica)
          .insert(NodeId.ROOT, Placement.last(), Payload.of(writer + " wrote " + i));
    }
  }

  /** Reads the next window, if there is one. */
  private void drain(Document document, List<OperationId> sent) {
    long after = sent.size();
    ChunkRequest request = ChunkRequest.after(after).withChunkSize(budget().chunkSize());
    for (Chunk chunk : document.changes(request)) {
      ChunkInspection.of(chunk.bytes())
          .operations()
          .forEach(logged -> sent.add(logged.operation().id()));
    }
  }

  private static List<OperationId> ids(Document document) {
    return log(document).stream().map(logged -> logged.operation().id()).toList();
  }

  private static List<Long> versions(Document document) {
    return log(document).stream().map(logged -> logged.position().version()).distinct().toList();
  }

  private static List<LoggedOperation> log(Document document) {
    List<LoggedOperation> log = new ArrayList<>();
    document.readLog(Position.START, Long.MAX_VALUE - 1, log::add);
    return log;
  }
}

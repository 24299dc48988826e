package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What calls cost as the log grows, counted in storage calls and rows: the same at 50 operations
 * and at thousands. What late operations cost is in {@link WorkContract}.
 */
public abstract class GrowthContract extends EngineContract {
  private static final ReplicaId LOCAL = ReplicaId.fromHex("01");
  private static final int SCANNED = 600;

  private final StorageCalls calls = new StorageCalls();

  /** For subclasses. */
  protected GrowthContract() {}

  private int[] sizes() {
    return budget() == Budget.SMALLEST ? new int[] {50, 400} : new int[] {50, 500, 5_000};
  }

  private void fill(Document document, int size) {
    if (budget() == Budget.SMALLEST) {
      append(document, WorkLog.operations(size));
    } else {
      WorkLog.append(document, size);
    }
  }

  @Test
  @Rule("R2")
  void writesInOrderCostTheSameHoweverLongTheLogIs() {
    Map<String, Consumer<Document>> writes = new LinkedHashMap<>();
    writes.put(
        "insert",
        document ->
            document.replica(LOCAL).insert(WorkLog.folder(1), Placement.last(), Payload.of("new")));
    writes.put(
        "payload write",
        document -> document.replica(LOCAL).setPayload(WorkLog.leaf(21), Payload.of("other")));
    writes.put(
        "move",
        document -> document.replica(LOCAL).move(WorkLog.leaf(22), NodeId.ROOT, Placement.last()));

    assertSameCosts(writes, "R2: calls and rows of a write in order");
  }

  @Test
  @Rule("B5")
  void readsCostTheSameHoweverLargeTheTreeIs() {
    Map<String, Consumer<Document>> reads = new LinkedHashMap<>();
    reads.put("status", Document::status);
    reads.put("node", document -> document.node(WorkLog.leaf(21)));
    reads.put("ancestors", document -> document.ancestors(WorkLog.folder(1)));
    reads.put("children", document -> document.children(NodeId.ROOT, null, 3));
    reads.put("payload", document -> document.openPayload(operation(21)));
    reads.put("progress", document -> document.progress("peer"));

    assertSameCosts(reads, "B5: calls and rows of a read");
  }

  @Test
  @Rule("C6")
  void theEndOfALongLogIsReadAsThatOfAShortOne() {
    assertSameCosts(
        Map.of(
            "last versions",
            document -> {
              long end = document.status().version();
              document.readChunk(
                  ChunkRequest.after(end - 1)
                      .withWatermark(end)
                      .withChunkSize(budget().chunkSize()));
            }),
        "C6: calls and rows of the last chunk");
  }

  @Test
  @Rule("A1")
  void aChunkIsAppliedToALongLogAsToAShortOne() {
    Document source = newDocument();
    append(source, WorkLog.operations(40));
    Map<Integer, String> costs = new TreeMap<>();
    for (int size : sizes()) {
      Document other = anotherStore().document("log of " + size);
      append(other, WorkLog.foreignOperations(30));
      List<byte[]> chunks = new ArrayList<>();
      for (Chunk chunk : other.changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))) {
        chunks.add(chunk.bytes());
      }
      try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
        Document document = observed.document("log of " + size);
        fill(document, size);
        document.apply(chunks.get(0));
        calls.reset();
        chunks.forEach(chunk -> assertThat(document.apply(chunk).append().appended()).isZero());
        costs.put(size, calls.total() + " calls, " + calls.rows() + " rows");
      }
    }
    assertThat(new TreeSet<>(costs.values())).as("A1: costs by log length %s", costs).hasSize(1);
  }

  @Test
  @Rule("C6")
  void aScanStepsOverNothingThatItDoesNotVisit() {
    append(newDocument(), WorkLog.operations(SCANNED));
    OperationId nearTheEnd = operation(SCANNED - 10);
    Map<Long, Long> steps = new TreeMap<>();
    boolean isCounted;
    try (Backend storage = backend().open(uri(), OpenMode.WRITE);
        ReadTransaction reading = storage.beginRead(store().document("document 0").id())) {
      isCounted = backend().rowsStepped().isPresent();
      Position last = reading.positions(List.of(nearTheEnd)).get(nearTheEnd);
      for (Position from : new Position[] {Position.afterVersion(0), last}) {
        List<LoggedOperation> visited = new ArrayList<>();
        long before = rowsStepped();
        reading.scanLog(
            from,
            Long.MAX_VALUE - 1,
            row -> {
              visited.add(row);
              return visited.size() < 5;
            });
        assertThat(visited).hasSize(5);
        steps.put(from.version() + from.sequence(), rowsStepped() - before);
      }
    }
    if (isCounted) {
      assertThat(steps.values()).as("C6: what the counter has counted").doesNotContain(0L);
    }
    // A constant number of rows ahead is allowed, but not all that there are.
    assertThat(steps.values())
        .as("rows stepped over, by position: %s", steps)
        .allSatisfy(rows -> assertThat(rows).isLessThan(SCANNED));
    assertThat(Collections.max(steps.values()) - Collections.min(steps.values()))
        .as("more rows at one position than at the other: %s", steps)
        .isLessThan(SCANNED / 2);
  }

  @Test
  @Rule("R5")
  void rowsThatStayTheSameAreNotWritten() {
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("the same");
      fill(document, 50);
      document.replica(LOCAL).setPayload(WorkLog.leaf(21), Payload.of("last"));
      document.append(List.of(WorkLog.earlyDelete(1, WorkLog.leaf(22))));
      calls.reset();
      // A write below the last one, and a delete of what is deleted.
      document.append(List.of(WorkLog.earlyWrite(2, WorkLog.leaf(21))));
      document.append(List.of(WorkLog.earlyDelete(3, WorkLog.leaf(22))));

      assertThat(calls.rows("putNodes")).as("%s", calls).isZero();
      assertThat(calls.rows("putStructural")).as("%s", calls).isZero();
    }
  }

  @Test
  @Rule("B5")
  void bulkCallsAreAConstantNumberOfStatements() {
    append(newDocument(), WorkLog.operations(300));
    Document document = store().document("document 0");
    Map<Integer, Long> statements = new TreeMap<>();
    boolean isCounted;
    try (Backend storage = backend().open(uri(), OpenMode.WRITE);
        ReadTransaction reading = storage.beginRead(document.id())) {
      isCounted = backend().statements().isPresent();
      for (int keys : new int[] {1, 30, 300}) {
        List<OperationId> ids =
            LongStream.rangeClosed(1, keys).mapToObj(GrowthContract::operation).toList();
        List<NodeId> nodes = LongStream.rangeClosed(1, keys).mapToObj(Samples::node).toList();
        long before = statements();
        assertThat(reading.operations(ids)).as("B5: operations of %s keys", keys).hasSize(keys);
        reading.nodes(nodes);
        reading.chains(nodes);
        reading.deletions(nodes);
        List<HistoryRange> histories = nodes.stream().map(HistoryRange::of).toList();
        reading.structuralOperations(histories, 9);
        reading.contentOperations(histories, 9);
        reading.lastEffective(histories);
        statements.put(keys, statements() - before);
      }
    }
    if (isCounted) {
      assertThat(statements.values()).as("B5: what the counter has counted").doesNotContain(0L);
    }
    assertThat(Set.copyOf(statements.values()))
        .as("B5: statements by number of keys: %s", statements)
        .hasSize(1);
  }

  private long statements() {
    return counted(backend().statements());
  }

  private long rowsStepped() {
    return counted(backend().rowsStepped());
  }

  private static long counted(OptionalLong count) {
    if (count.isEmpty()) {
      Refusals.uncounted();
    }
    return count.orElse(0);
  }

  private void assertSameCosts(Map<String, Consumer<Document>> works, String what) {
    Map<String, Map<Integer, String>> costs = new LinkedHashMap<>();
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      for (int size : sizes()) {
        Document document = observed.document("log of " + size);
        fill(document, size);
        document.append(WorkLog.foreignOperations(1));
        // Once before it counts: the first write of a replica is cheaper than the next.
        works.values().forEach(work -> work.accept(document));
        works.forEach(
            (name, work) -> {
              calls.reset();
              work.accept(document);
              costs
                  .computeIfAbsent(name, key -> new TreeMap<>())
                  .put(size, calls.total() + " calls, " + calls.rows() + " rows");
            });
      }
    }
    costs.forEach(
        (name, bySize) ->
            assertThat(new TreeSet<>(bySize.values()))
                .as("%s, %s by log length: %s", what, name, bySize)
                .hasSize(1));
  }

  private static OperationId operation(long number) {
    return new OperationId(WorkLog.SERVER, number);
  }
}

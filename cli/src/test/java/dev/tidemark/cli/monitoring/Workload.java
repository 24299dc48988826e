package dev.tidemark.cli.monitoring;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.metrics.MetricsEndpoint;
import dev.tidemark.cli.trace.TraceReader;
import dev.tidemark.cli.trace.TraceTransaction;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A real history, imported into one store and replicated into a second one in an order that makes
 * operations late; and, once, everything else that the metrics tell apart.
 */
final class Workload implements AutoCloseable {
  private static final String TRACE = "/dev/tidemark/cli/demo/treecrdt.jsonl.gz";
  private static final int RANGES = 4;
  private static final ReplicaId AUTHOR = ReplicaId.fromHex("a1");

  private final Path firstFile;
  private final List<TraceTransaction> history = new ArrayList<>();
  private final Counts first;
  private final Counts second;
  private final Tidemark firstStore;
  private final Tidemark secondStore;
  private int position;
  private int pass;

  Workload(Path directory, MetricsEndpoint endpoint) {
    try (TraceReader trace =
        TraceReader.open(
            "trace",
            Objects.<InputStream>requireNonNull(Workload.class.getResourceAsStream(TRACE)))) {
      trace.forEachRemaining(history::add);
    }
    first = new Counts(endpoint.telemetry("first"));
    second = new Counts(endpoint.telemetry("second"));
    firstFile = directory.resolve("first.db");
    firstStore = open("sqlite:" + firstFile + "?busy_timeout=10&synchronous=off", first);
    secondStore = open("sqlite:" + directory.resolve("second.db") + "?synchronous=off", second);
  }

  private static Tidemark open(String uri, Counts counts) {
    return Tidemark.builder(uri).telemetry(counts).open();
  }

  Counts first() {
    return first;
  }

  Counts second() {
    return second;
  }

  /** Imports the next part of the history, and replicates it. */
  void step(int transactions) {
    Document origin = firstStore.document("history-" + pass);
    Document copy = secondStore.document("history-" + pass);
    long before = origin.status().version();
    int end = Math.min(history.size(), position + transactions);
    for (TraceTransaction transaction : history.subList(position, end)) {
      origin.append(transaction.operations());
    }
    position = end;
    if (position == history.size()) {
      position = 0;
      pass++;
    }
    long after = origin.status().version();
    for (int range = RANGES - 1; range >= 0; range--) {
      ChunkRequest window =
          ChunkRequest.after(before + (after - before) * range / RANGES)
              .withWatermark(before + (after - before) * (range + 1) / RANGES)
              .withChunkSize(ChunkSize.MIN);
      for (Chunk chunk : origin.changes(window)) {
        copy.apply(chunk.bytes());
      }
    }
  }

  /** Takes the paths that the history does not take for sure. */
  void takeEveryPath(String document) {
    Document tree = secondStore.document(document);
    tree.append(
        List.of(
            insert(1, 1, 0), insert(2, 2, 1), insert(3, 3, 0), insert(4, 4, 3), move(20, 1, 3)));
    tree.append(List.of(insert(10, 7, 4), insert(11, 8, 7)));
    tree.append(List.of(move(19, 3, 1)));
    tree.rebuild();
  }

  /** Leaves operations behind a frontier. */
  void defer(String document) {
    Document tree = secondStore.document(document);
    tree.append(List.of(insert(1, 1, 0), insert(2, 2, 1)), CatchUpPolicy.deferred());
  }

  void catchUp(String document) {
    secondStore.document(document).ensureMaterialized();
  }

  /** Leaves a payload without its last fragments. */
  void stage(String document) {
    Document origin = firstStore.document(document);
    Payload payload = Payload.of("large".repeat(200_000));
    origin.append(
        List.of(
            new Operation.Insert(
                new OperationId(AUTHOR, 1), 1, node(1), NodeId.ROOT, OrderKey.EMPTY, payload)));
    ChunkRequest window = ChunkRequest.after(0).withChunkSize(ChunkSize.MIN);
    Chunk fragment = origin.changes(window).iterator().next();
    secondStore.document(document).apply(fragment.bytes());
  }

  /** Is sent bytes that are no chunk. */
  void refuse() {
    requireCode(
        ErrorCode.CHUNK_MALFORMED, () -> secondStore.document("refused").apply(new byte[99]));
  }

  /** Waits for a writer that does not end, until it gives up. */
  void meetAnotherWriter() {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + firstFile);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      requireCode(
          ErrorCode.STORE_BUSY, () -> firstStore.document("busy").append(List.of(insert(1, 1, 0))));
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireCode(ErrorCode code, Runnable call) {
    try {
      call.run();
    } catch (TidemarkException e) {
      if (e.code() == code) {
        return;
      }
      throw e;
    }
    throw new AssertionError("no " + code);
  }

  private static NodeId node(long number) {
    return number == 0 ? NodeId.ROOT : new NodeId(0, number);
  }

  private static Operation insert(long time, long node, long parent) {
    return new Operation.Insert(
        new OperationId(AUTHOR, time), time, node(node), node(parent), OrderKey.EMPTY, null);
  }

  private static Operation move(long time, long node, long parent) {
    return new Operation.Move(
        new OperationId(AUTHOR, time), time, node(node), node(parent), OrderKey.EMPTY);
  }

  @Override
  public void close() {
    firstStore.close();
    secondStore.close();
  }
}

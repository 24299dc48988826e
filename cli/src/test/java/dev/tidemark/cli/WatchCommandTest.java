package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark watch}: what one process does is told by another. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WatchCommandTest {
  private static final int MORE_THAN_A_PIPE_HOLDS = 1_000;

  @TempDir private Path directory;

  @Test
  void tellsWhatAnotherProcessDoesAndEndsWellWhenItIsStopped() throws Exception {
    String store = Example.imported(directory);
    try (OtherProcess watch =
        OtherProcess.start("watch", "--store", store, "--document", "example")) {
      assertThat(watch.line())
          .isEqualTo(
              "tidemark: watching document example of %s after version 3; Ctrl-C ends it"
                  .formatted(store));
      NodeId node;
      try (Tidemark other = Tidemark.open(store)) {
        LocalReplica writer = other.document("example").replica(ReplicaId.random());
        node = writer.insert(NodeId.ROOT, Placement.last(), Payload.of("four"));
        assertThat(watch.line()).matches("4 +inserted " + node + " under the root at .* with 4 B");
        NodeId lib = new NodeId(0x1111111111111111L, 0x1111111111111111L);
        writer.move(node, lib, Placement.first());
        assertThat(watch.line())
            .matches("5 +moved +" + node + " under " + lib + " at .*, was under the root");
        writer.setPayload(node, Payload.of("content"));
        assertThat(watch.line()).matches("6 +payload +" + node + " with 7 B");
        writer.clearPayload(node);
        assertThat(watch.line()).matches("7 +payload +" + node + " cleared");
      }
      // A whole process that comes and goes between two looks is told as any other.
      CliRun.of("import", moreOf(node), "--store", store, "--document", "example").succeeded();
      assertThat(watch.line()).matches("8 +deleted +" + node);

      assertThat(watch.stop()).as("ended by SIGTERM").isEqualTo(143);
      assertThat(watch.otherLines()).isEmpty();
      assertThat(directory.resolve("example.db-wal")).as("the store was closed").doesNotExist();
    }
  }

  @Test
  void finishesWhatItPrintsWhenItIsStopped() throws Exception {
    String store = Example.imported(directory);
    try (OtherProcess watch =
        OtherProcess.start("watch", "--store", store, "--document", "example")) {
      assertThat(watch.line()).contains("watching document example");
      try (Tidemark other = Tidemark.open(store)) {
        List<Operation> inserts = inserts(ReplicaId.random(), MORE_THAN_A_PIPE_HOLDS);
        other.document("example").append(inserts, CatchUpPolicy.immediate());
      }
      assertThat(watch.line()).endsWith(" with 9 B");
      CompletableFuture<Integer> ended = stopping(watch);
      assertThat(watch.otherLines())
          .hasSize(MORE_THAN_A_PIPE_HOLDS - 1)
          .allMatch(line -> line.endsWith(" with 9 B"));
      assertThat(ended.join()).as("ended by SIGTERM").isEqualTo(143);
    }
  }

  private static CompletableFuture<Integer> stopping(OtherProcess process) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return process.stop();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static List<Operation> inserts(ReplicaId replica, int count) {
    List<Operation> inserts = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      inserts.add(
          new Operation.Insert(
              new OperationId(replica, i),
              1_000_000 + i,
              NodeId.timeOrdered(),
              NodeId.ROOT,
              OrderKey.of(new byte[] {(byte) 0x80, (byte) (i >> 8), (byte) i, 1}),
              Payload.of("nine byte")));
    }
    return inserts;
  }

  /** A trace that deletes a node, knowing all that was done to it. */
  private Path moreOf(NodeId node) {
    String store = Example.store(directory, "example.db");
    String log = CliRun.onExample("log", store, "--after", 3, "--json").succeeded().out();
    Object replica = Json.get(firstOperation(log), "replica");
    return Example.write(
        directory.resolve("more.jsonl"),
        """
        {"format":"tree-trace/1"}
        {"tx":0,"r":"%s","c":1,"l":100,"k":"delete","n":"%s","known":[["%s",1,4]]}
        """
            .formatted("cd".repeat(16), node.toHex(), replica));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> firstOperation(String log) {
    return (Map<String, Object>) ((List<?>) Json.get(Json.object(log), "operations")).get(0);
  }

  @Test
  void endsAfterSoManyUpdatesAndSpeaksJson() {
    String store = Example.imported(directory);
    CompletableFuture<CliRun> watch = watching(store, "--count", "1", "--json");
    try (Tidemark other = Tidemark.open(store)) {
      LocalReplica writer = other.document("example").replica(ReplicaId.random());
      // Until the watcher, which may have begun at any moment, has seen one.
      while (!watch.isDone()) {
        writer.insert(NodeId.ROOT, Placement.last(), Payload.of("x"));
      }
    }
    Map<String, Object> update = watch.join().succeeded().json();
    assertThat(update).containsKeys("after", "version");
    assertThat(String.valueOf(update.get("changes")))
        .contains("kind=inserted", "parent=" + "0".repeat(32), "orderKey=", "payload={size=1");
  }

  @Test
  void endsAtAVersionWhetherOrNotAnythingIsSeen() {
    String store = Example.imported(directory);
    assertThat(watching(store, "--until", "3").join().succeeded().out()).isEmpty();

    CompletableFuture<CliRun> watch = watching(store, "--until", "4", "--interval", "1ms");
    try (Tidemark other = Tidemark.open(store)) {
      Operation write =
          new Operation.SetPayload(
              new OperationId(ReplicaId.random(), 1), 50, NodeId.ROOT, Payload.of("x"));
      other.document("example").append(List.of(write), CatchUpPolicy.deferred());
      assertThat(watch.join().succeeded().out()).isEmpty();
    }
  }

  @Test
  void wrongArguments() {
    String store = Example.imported(directory);
    assertThat(watching(store, "--interval", "0ms").join().failure(2)).contains("--interval is 0");
    assertThat(watching(store, "--interval", "soon").join().failure(2)).contains("200ms");
    assertThat(watching(store, "--interval", "1441min").join().failure(2)).contains("1 day");
    assertThat(watching(store, "--count", "-1").join().failure(2)).contains("--count is -1");
    assertThat(watching(store, "--until", "-1").join().failure(2)).contains("--until is -1");
    assertThat(watching(Example.store(directory, "missing.db")).join().failure(4))
        .contains("does not exist");
    assertThat(directory.resolve("missing.db")).doesNotExist();
    assertThat(CliRun.of("watch", "--store", store, "--document", "exmaple").failure(4))
        .contains("It has example");
  }

  private static CompletableFuture<CliRun> watching(String store, Object... more) {
    List<Object> words = new ArrayList<>(List.of(more));
    words.add("--quiet");
    return CompletableFuture.supplyAsync(
        () -> CliRun.onExample("watch", store, words.toArray()),
        task -> new Thread(task, "watch").start());
  }
}

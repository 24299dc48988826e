package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.Operation;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.LateOperations;
import dev.tidemark.benchmarks.data.LateOperations.Kind;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Measurement;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A device that comes back with what it did while it was offline. */
public final class OfflineScenario implements Scenario {
  private static final int OPERATIONS = 200;

  @Override
  public String name() {
    return "offline";
  }

  @Override
  public String title() {
    return "An offline device's 200 operations after foreign ones, in one append, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    int size = run.pick(3_000, 100_000, 1_000_000);
    List<Integer> foreign =
        run.pick(List.of(1_000), List.of(1_000, 10_000), List.of(1_000, 10_000, 100_000));
    for (int movesEvery : new int[] {0, 50}) {
      for (int count : foreign) {
        measure(run, size, movesEvery, count);
      }
    }
  }

  private static void measure(Run run, int size, int movesEvery, int foreign) throws Exception {
    Path base = run.stores().tree(size, movesEvery);
    Path late = run.stores().copy(base);
    Path inOrder = run.stores().copy(base);
    BalancedTree tree = new BalancedTree(64, movesEvery);
    LateOperations lateOperations = new LateOperations(tree, size);
    LateOperations inOrderOperations = new LateOperations(tree, size);
    long[] head = {size};
    Pairs seconds;
    try (Tidemark lateStore = Tidemark.open(Stores.uri(late));
        Tidemark inOrderStore = Tidemark.open(Stores.uri(inOrder))) {
      seconds =
          run.inTurn(
              () -> append(lateStore, batch(lateOperations, size - foreign, size - foreign)),
              () -> {
                long lamport = head[0];
                head[0] += OPERATIONS;
                return append(inOrderStore, batch(inOrderOperations, lamport, size));
              });
    }
    Stores.delete(late);
    Stores.delete(inOrder);
    Bar bar = movesEvery == 0 ? Bar.atMost(2) : null;
    run.add(
        Figure.cost(
            String.format(
                Locale.ROOT,
                "after %,d foreign ones, %s",
                foreign,
                movesEvery == 0 ? "no folder moved" : "2 % folder moves"),
            "ms",
            1e3,
            seconds,
            "the same in order",
            bar));
  }

  private static double append(Tidemark store, List<Operation> batch) throws Exception {
    Document document = store.document(Stores.DOCUMENT);
    return Measurement.time(() -> document.append(batch));
  }

  /** 60 % inserts, 30 % payloads, 8 % leaf moves, 2 % folder moves. */
  private static List<Operation> batch(LateOperations operations, long lamport, long seen) {
    List<Operation> batch = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      long time = lamport + 1 + i;
      int part = i % 50;
      if (part == 49) {
        batch.add(operations.folderMove(time));
      } else {
        Kind kind = part < 30 ? Kind.LEAF_INSERT : part < 45 ? Kind.PAYLOAD_WINS : Kind.LEAF_MOVE;
        batch.add(operations.at(kind, time, seen));
      }
    }
    return batch;
  }
}

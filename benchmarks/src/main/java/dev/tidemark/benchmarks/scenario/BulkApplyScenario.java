package dev.tidemark.benchmarks.scenario;

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

/** Applying a window to an empty store. */
public final class BulkApplyScenario implements Scenario {
  @Override
  public String name() {
    return "bulk-apply";
  }

  @Override
  public String title() {
    return "Apply a window to an empty store, SQLite: a balanced tree, 64 B payloads";
  }

  @Override
  public void measure(Run run) throws Exception {
    int operations = run.pick(3_000, 50_000, 1_000_000);
    int rounds = Math.min(3, run.settings().rounds());
    for (int chunkSize : new int[] {256 << 10, 5 << 20}) {
      List<byte[]> chunks = new ArrayList<>();
      try (Tidemark store = Tidemark.open(Stores.uri(run.stores().tree(operations)))) {
        Drain.of(store.document(Stores.DOCUMENT), chunkSize, chunks::add);
      }
      Path applied = run.stores().fresh();
      Path copy = run.stores().fresh();
      Pairs seconds =
          run.inTurn(
              rounds,
              () -> apply(applied, chunks),
              () -> AppendScenario.copyRows(applied, copy, chunks.size()));
      Stores.delete(applied);
      Stores.delete(copy);
      run.add(
          Figure.rate(
              String.format(
                  Locale.ROOT, "%,d operations, %,d KiB chunks", operations, chunkSize >> 10),
              "op/s",
              operations,
              seconds,
              "batch inserts of the same rows",
              Bar.atLeast(0.4)));
    }
  }

  private static double apply(Path file, List<byte[]> chunks) throws Exception {
    Stores.delete(file);
    try (Tidemark store = Tidemark.open(Stores.uri(file))) {
      Document document = store.document(Stores.DOCUMENT);
      return Measurement.time(() -> chunks.forEach(document::apply));
    }
  }
}

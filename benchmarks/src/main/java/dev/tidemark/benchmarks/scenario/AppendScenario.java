package dev.tidemark.benchmarks.scenario;

import dev.tidemark.api.Operation;
import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.benchmarks.raw.RowCopy;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Appending in canonical order. */
public final class AppendScenario implements Scenario {
  private static final int BATCH = 1_000;

  /**
   * Appended before anything counts. Without them the smallest size is measured while its code is
   * still being compiled, at half of its speed; and the rate at the end of a large store is
   * compared with that, and so looks better than it is.
   */
  private static final int WARM_UP = 60_000;

  /** The seconds of each batch of the last round. */
  private double[] batches = {};

  @Override
  public String name() {
    return "append";
  }

  @Override
  public String title() {
    return "Append in canonical order, SQLite: a balanced tree, 64 B payloads, batches of 1,000";
  }

  @Override
  public void measure(Run run) throws Exception {
    List<Integer> sizes =
        run.pick(
            List.of(2_000, 4_000), List.of(10_000, 100_000), List.of(10_000, 100_000, 1_000_000));
    int smallest = sizes.get(0);
    double rateAtFirst = 0;
    warmUp(run, run.pick(BATCH, WARM_UP, WARM_UP));
    for (int size : sizes) {
      List<Double> lastRates = new ArrayList<>();
      Path finished = run.stores().fresh();
      Path copy = run.stores().fresh();
      int rounds = size > 100_000 ? Math.min(3, run.settings().rounds()) : run.settings().rounds();
      Pairs seconds =
          run.inTurn(
              rounds,
              () -> {
                double total = append(finished, size);
                int last = smallest / BATCH;
                double tail = Arrays.stream(batches, batches.length - last, batches.length).sum();
                lastRates.add(smallest / tail);
                return total;
              },
              () -> copyRows(finished, copy, size / BATCH));
      Stores.delete(finished);
      Stores.delete(copy);
      String what = String.format(Locale.ROOT, "%,d operations", size);
      run.add(
          Figure.rate(
              what, "op/s", size, seconds, "batch inserts of the same rows", Bar.atLeast(0.5)));
      double[] rates =
          lastRates.subList(lastRates.size() - rounds, lastRates.size()).stream()
              .mapToDouble(r -> r)
              .toArray();
      if (size == smallest) {
        Arrays.sort(rates);
        rateAtFirst = rates[rates.length / 2];
      } else {
        double first = rateAtFirst;
        run.add(
            Figure.value(
                String.format(
                    Locale.ROOT,
                    "rate of the last %,d of %,d, to that of the first",
                    smallest,
                    size),
                "x",
                Arrays.stream(rates).map(r -> r / first).toArray(),
                Bar.atLeast(0.8)));
      }
    }
  }

  private void warmUp(Run run, int size) throws Exception {
    Path finished = run.stores().fresh();
    Path copy = run.stores().fresh();
    append(finished, size);
    copyRows(finished, copy, size / BATCH);
    Stores.delete(finished);
    Stores.delete(copy);
  }

  private double append(Path file, int size) {
    Stores.delete(file);
    BalancedTree tree = new BalancedTree(64, 0);
    batches = new double[size / BATCH];
    try (Tidemark store = Tidemark.open(Stores.uri(file))) {
      Document document = store.document(Stores.DOCUMENT);
      for (int batch = 0; batch < batches.length; batch++) {
        List<Operation> operations = tree.batch((long) batch * BATCH + 1, BATCH);
        long start = System.nanoTime();
        document.append(operations);
        batches[batch] = (System.nanoTime() - start) / 1e9;
      }
    }
    return Arrays.stream(batches).sum();
  }

  /** Writes the rows of a finished store into an empty one. */
  static double copyRows(Path finished, Path copy, int transactions) throws Exception {
    Stores.delete(copy);
    Tidemark.open(Stores.uri(copy)).close();
    try (RawStore from = RawStore.open(finished);
        RawStore to = RawStore.open(copy)) {
      return RowCopy.seconds(from, to, transactions);
    }
  }
}

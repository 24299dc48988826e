package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.ChildProcess;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much heap the work takes. */
public final class MemoryScenario implements Scenario {
  private static final int HEAP_MEGABYTES = 64;

  /**
   * What grows with the log would be ten times as much, and with --full this bar is passed by 3
   * bytes for each further operation. A lower one would be missed by chance: a peak lasts for the
   * moment in which arrays are copied, and rounds of one size, in which a collection meets it more
   * or less exactly, differ by a fifth (8.0 to 9.6, and 9.5 to 11.4 MiB of a drain).
   */
  private static final Bar DOES_NOT_GROW = Bar.atMost(1.25);

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public String title() {
    return "Peak heap without garbage, chunks of 5 MiB, with -Xmx64m, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    int small = run.pick(1_000, 20_000, 100_000);
    int large = run.pick(2_000, 100_000, 1_000_000);
    List<String> works = List.of("import", "drain", "apply");
    List<double[]> peaks = new ArrayList<>();
    for (String work : works) {
      peaks.add(new double[] {peak(run, work, large), peak(run, work, small)});
    }
    for (int i = 0; i < peaks.size(); i++) {
      run.add(
          Figure.cost(
              String.format(Locale.ROOT, "%s, %,d operations", works.get(i), large),
              "MiB",
              1,
              new Pairs(new double[] {peaks.get(i)[0]}, new double[] {peaks.get(i)[1]}),
              String.format(Locale.ROOT, "%,d operations", small),
              run.unlessSmoke(DOES_NOT_GROW)));
    }
  }

  private static double peak(Run run, String work, int operations) throws Exception {
    // In drains one after the other, so that as many collections meet either size.
    int drained = run.pick(2_000, 500_000, 1_000_000);
    Path store = run.stores().tree(operations);
    Path other = run.stores().fresh();
    String[] arguments =
        switch (work) {
          case "import" -> new String[] {work, other.toString(), String.valueOf(operations)};
          case "drain" -> new String[] {work, store.toString(), String.valueOf(drained)};
          default -> new String[] {work, store.toString(), other.toString()};
        };
    Double peak = ChildProcess.run(HEAP_MEGABYTES, MemoryChild.class, arguments).get("peak");
    Stores.delete(other);
    if (peak == null) {
      throw new IllegalStateException("the child process has not told its peak");
    }
    return peak;
  }
}

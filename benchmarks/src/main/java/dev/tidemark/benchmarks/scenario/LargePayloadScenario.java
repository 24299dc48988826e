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
import java.util.Map;

/** One payload that is larger than the heap. */
public final class LargePayloadScenario implements Scenario {
  private static final int HEAP_MEGABYTES = 64;

  @Override
  public String name() {
    return "large-payload";
  }

  @Override
  public String title() {
    return "One payload through drain and apply, each commit durable, with -Xmx64m, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    long size = run.pick(4L << 20, 128L << 20, 1L << 30);
    Path source = run.stores().fresh();
    Path target = run.stores().fresh();
    List<Double> peaks = new ArrayList<>();
    child("make", source, String.valueOf(size));
    int rounds = Math.min(3, run.settings().rounds());
    Pairs seconds =
        run.inTurn(
            rounds,
            () -> {
              Stores.delete(target);
              Map<String, Double> numbers = child("pull", source, target.toString());
              peaks.add(numbers.getOrDefault("peak", 0.0));
              return numbers.getOrDefault("seconds", 0.0);
            },
            () -> {
              Stores.delete(target);
              return child("copy", source, target.toString()).getOrDefault("seconds", 0.0);
            });
    Stores.delete(source);
    Stores.delete(target);
    run.add(
        Figure.rate(
            (size >> 20) + " MiB, drained and applied",
            "MB/s",
            size / 1e6,
            seconds,
            "copying the segment rows",
            Bar.atLeast(0.5)));
    run.add(
        Figure.value(
            "peak heap after collections",
            "MiB",
            peaks.stream().mapToDouble(p -> p).toArray(),
            Bar.atMost(HEAP_MEGABYTES)));
  }

  private static Map<String, Double> child(String work, Path file, String argument)
      throws Exception {
    return ChildProcess.run(
        HEAP_MEGABYTES, LargePayloadChild.class, work, file.toString(), argument);
  }
}

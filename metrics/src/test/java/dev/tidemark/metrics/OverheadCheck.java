package dev.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures for docs/metrics.md: {@code -Dtest=OverheadCheck}. Asserts no times. JMH measures by the
 * clock on the wall, which is right on an idle machine only; so the time that the processor spent
 * is measured beside it.
 */
class OverheadCheck {
  private static final int ROUNDS = 12;
  private static final int CALLS = 200_000;

  @Test
  void processorTime() {
    OverheadBenchmark benchmark = new OverheadBenchmark();
    for (String telemetry : List.of("none", "prometheus")) {
      OverheadBenchmark.Told told = new OverheadBenchmark.Told();
      told.telemetry = telemetry;
      told.make();
      print(telemetry, "append", () -> benchmark.append(told), CALLS);
      print(telemetry, "chunk read", () -> benchmark.chunkRead(told), CALLS);
      print(telemetry, "chunk apply", () -> benchmark.chunkApply(told), CALLS);
      print(telemetry, "scrape", () -> benchmark.scrape(told), 200);
    }
  }

  /** Prints the median of rounds of which the first ones, still compiled, do not count. */
  private static void print(String telemetry, String call, Runnable work, int calls) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Long> nanos = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int index = 0; index < calls; index++) {
        work.run();
      }
      nanos.add((threads.getCurrentThreadCpuTime() - start) / calls);
    }
    List<Long> settled = new ArrayList<>(nanos.subList(ROUNDS / 2, ROUNDS));
    Collections.sort(settled);
    System.out.printf(
        "%s, %s: %d ns of processor time%n", telemetry, call, settled.get(settled.size() / 2));
  }

  @Test
  void measure() throws RunnerException {
    Path results = Path.of("target", "overhead.txt");
    var options =
        new OptionsBuilder()
            .include(OverheadBenchmark.class.getSimpleName())
            .resultFormat(ResultFormatType.TEXT)
            .result(results.toString())
            .build();
    assertThat(new Runner(options).run()).hasSize(10);
  }
}

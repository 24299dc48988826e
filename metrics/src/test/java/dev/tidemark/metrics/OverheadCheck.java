package dev.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Measures for docs/metrics.md: {@code -Dtest=OverheadCheck}. Asserts no times. */
class OverheadCheck {
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

package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.harness.Profile;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.result.Figure;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The parts that JMH measures. */
public final class MicroScenario implements Scenario {
  @Override
  public String name() {
    return "micro";
  }

  @Override
  public String title() {
    return "Codec, token, digest and order keys by themselves (JMH)";
  }

  @Override
  public void measure(Run run) throws Exception {
    boolean isSmoke = run.settings().profile() == Profile.SMOKE;
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("dev\\.tidemark\\.benchmarks\\.micro\\..*")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            // In this process when only to show that they work.
            .forks(isSmoke ? 0 : 1)
            .jvmArgsAppend("-XX:+UseSerialGC")
            .warmupIterations(run.pick(0, 3, 5))
            .warmupTime(TimeValue.milliseconds(run.pick(1, 200, 1_000)))
            .measurementIterations(run.pick(1, 3, 5))
            .measurementTime(TimeValue.milliseconds(run.pick(1, 200, 1_000)));
    for (RunResult result : new Runner(options.build()).run()) {
      double[] scores =
          result.getBenchmarkResults().stream()
              .flatMap(benchmark -> benchmark.getIterationResults().stream())
              .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
              .toArray();
      String name = result.getParams().getBenchmark();
      run.add(
          Figure.value(
              name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
              "us",
              scores,
              null));
    }
  }
}

package dev.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.benchmarks.harness.Console;
import dev.tidemark.benchmarks.harness.Profile;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.harness.Session;
import dev.tidemark.benchmarks.harness.Settings;
import dev.tidemark.benchmarks.report.PerformancePage;
import dev.tidemark.benchmarks.report.ResultsFile;
import dev.tidemark.benchmarks.result.ScenarioResult;
import dev.tidemark.postgres.testing.TestPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Each scenario at a tiny size, so that none of them rots. What it measures means nothing. */
class SmokeTest {
  @TempDir private Path directory;

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void measures(Scenario scenario) throws Exception {
    Path work = Files.createDirectory(directory.resolve("work"));
    String server = scenario.needsPostgres() ? TestPostgres.address().uri() : null;
    Settings settings = new Settings(Profile.SMOKE, 1, work, server, List.of());
    Console console = new Console(new PrintWriter(new StringWriter()));
    ScenarioResult result = new Session(settings, console).run(scenario);
    assertThat(result.problem()).isNull();
    assertThat(result.figures()).isNotEmpty();

    Path json = directory.resolve("results.json");
    ResultsFile.merge(json, result);
    assertThat(ResultsFile.read(json)).containsExactly(result);
    PerformancePage.write(directory.resolve("page.md"), List.of(result));
    assertThat(directory.resolve("page.md")).content().contains(scenario.title());
    result
        .charts()
        .forEach(
            chart ->
                assertThat(directory.resolve("performance/" + chart.name() + ".svg"))
                    .content()
                    .contains(chart.title()));
  }

  @Test
  void refusesAScenarioThatThereIsNot() {
    StringWriter errors = new StringWriter();
    CommandLine command = new CommandLine(new BenchCommand());
    command.setErr(new PrintWriter(errors));
    assertThat(command.execute("--only", "nothing")).isEqualTo(2);
    assertThat(errors.toString()).contains("No scenario nothing; see --list.");
  }
}

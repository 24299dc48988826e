package dev.tidemark.benchmarks.harness;

import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.result.Machine;
import dev.tidemark.benchmarks.result.ScenarioResult;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Runs one scenario after the other. */
public final class Session {
  private final Settings settings;
  private final Console console;
  private final Stores stores;

  /**
   * Starts a session.
   *
   * @param settings what holds for all scenarios
   * @param console where figures are printed
   */
  public Session(Settings settings, Console console) {
    this.settings = settings;
    this.console = console;
    this.stores = new Stores(settings.directory());
  }

  /**
   * Runs a scenario. One that fails does not keep the others from running.
   *
   * @param scenario the scenario
   * @return what it measured, or why it did not
   */
  public ScenarioResult run(Scenario scenario) {
    console.line("");
    console.line(scenario.name() + ": " + scenario.title());
    Machine machine = Machine.describe(settings.directory());
    Run run = new Run(settings, stores, console::figure);
    long start = System.nanoTime();
    String problem = null;
    try {
      scenario.measure(run);
    } catch (Exception e) {
      problem = e.toString();
      console.line("  failed: " + problem);
      for (StackTraceElement element : e.getStackTrace()) {
        console.line("    at " + element);
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    console.line(String.format(Locale.ROOT, "  (%.1f s)", seconds));
    return new ScenarioResult(
        scenario.name(),
        scenario.title(),
        settings.profile().name().toLowerCase(Locale.ROOT),
        machine,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        seconds,
        run.figures(),
        run.charts(),
        problem);
  }
}

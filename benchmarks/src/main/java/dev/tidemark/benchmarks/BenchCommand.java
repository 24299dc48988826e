package dev.tidemark.benchmarks;

import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Console;
import dev.tidemark.benchmarks.harness.Profile;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.harness.Session;
import dev.tidemark.benchmarks.harness.Settings;
import dev.tidemark.benchmarks.report.PerformancePage;
import dev.tidemark.benchmarks.report.ResultsFile;
import dev.tidemark.benchmarks.result.ScenarioResult;
import dev.tidemark.benchmarks.result.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code tidemark bench}. */
@Command(
    name = "tidemark bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures Tidemark beside the least that anybody must pay, in turn in the same run.")
public final class BenchCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--quick", description = "Smaller sizes, less than five minutes (the default).")
  private boolean quick;

  @Option(names = "--full", description = "The sizes that the bars are stated for.")
  private boolean full;

  @Option(names = "--smoke", hidden = true)
  private boolean smoke;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SCENARIO",
      description = "Only these scenarios; --list names them.")
  private @Nullable List<String> only;

  @Option(names = "--list", description = "Lists the scenarios and ends.")
  private boolean list;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Counted rounds of each measurement (default: 3, with --full 5).")
  private int rounds;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Writes the results; other scenarios that are in the file stay.")
  private @Nullable Path json;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Writes the page docs/performance.md from all results in the JSON file.")
  private @Nullable Path page;

  @Option(
      names = "--postgres",
      paramLabel = "URI",
      description = "A PostgreSQL database that may be written: its scenarios are run too.")
  private @Nullable String postgres;

  @Option(
      names = "--trace",
      paramLabel = "STORE",
      description = "A store file, as of an imported trace, whose chunks are weighed too.")
  private List<Path> traces = new ArrayList<>();

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Where stores are made, and kept for the next run (default: temporary).")
  private @Nullable Path directory;

  /** Made by picocli. */
  public BenchCommand() {}

  @Override
  public Integer call() throws Exception {
    if (spec == null) {
      throw new IllegalStateException("made without picocli");
    }
    Console console = new Console(spec.commandLine().getOut());
    if (list) {
      Scenarios.all()
          .forEach(s -> console.line(String.format(Locale.ROOT, "%-20s %s", s.name(), s.title())));
      return 0;
    }
    List<Scenario> chosen = chosen(spec);
    boolean isPageOnly = page != null && json != null && only == null && !full && !quick && !smoke;
    boolean isMissed = !isPageOnly && run(console, chosen);
    if (page != null) {
      PerformancePage.write(page, json == null ? List.of() : ResultsFile.read(json));
    }
    return isMissed ? 1 : 0;
  }

  private boolean run(Console console, List<Scenario> chosen) throws Exception {
    Path work = directory;
    if (work == null) {
      work = Files.createTempDirectory("tidemark-bench");
    } else {
      Files.createDirectories(work);
    }
    Profile profile = smoke ? Profile.SMOKE : full ? Profile.FULL : Profile.QUICK;
    int counted = rounds > 0 ? rounds : smoke ? 1 : full ? 5 : 3;
    Settings settings = new Settings(profile, counted, work.toAbsolutePath(), postgres, traces);
    try {
      List<ScenarioResult> results = new ArrayList<>();
      Session session = new Session(settings, console);
      for (Scenario scenario : chosen) {
        ScenarioResult result = session.run(scenario);
        results.add(result);
        if (json != null) {
          ResultsFile.merge(json, result);
        }
      }
      return isAnyMissed(console, results);
    } finally {
      if (directory == null) {
        Stores.deleteAll(work);
      }
    }
  }

  private static boolean isAnyMissed(Console console, List<ScenarioResult> results) {
    long failed = results.stream().filter(r -> r.problem() != null).count();
    long met = count(results, Verdict.MET);
    long missed = count(results, Verdict.MISSED);
    console.line("");
    console.line(
        met + " bars met, " + missed + " missed" + (failed == 0 ? "" : ", " + failed + " failed"));
    return failed > 0;
  }

  private static long count(List<ScenarioResult> results, Verdict verdict) {
    return results.stream()
        .flatMap(r -> r.figures().stream())
        .filter(f -> f.verdict() == verdict)
        .count();
  }

  private List<Scenario> chosen(CommandSpec commandSpec) {
    List<Scenario> all = Scenarios.all();
    if (only == null) {
      return all.stream().filter(s -> postgres != null || !s.needsPostgres()).toList();
    }
    List<Scenario> chosen = new ArrayList<>();
    for (String name : only) {
      chosen.add(
          all.stream()
              .filter(scenario -> scenario.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParameterException(
                          commandSpec.commandLine(), "No scenario " + name + "; see --list.")));
    }
    return chosen;
  }
}

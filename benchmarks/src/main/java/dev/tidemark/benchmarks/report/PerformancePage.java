package dev.tidemark.benchmarks.report;

import dev.tidemark.benchmarks.harness.Console;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Machine;
import dev.tidemark.benchmarks.result.ScenarioResult;
import dev.tidemark.benchmarks.result.Spread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes the page about performance: the texts of resource files, one for each scenario, with the
 * figures below them.
 */
public final class PerformancePage {
  private static final String NEVER_SPLIT = "\u00a0";

  private final Path pictures;
  private final StringBuilder page = new StringBuilder();

  private PerformancePage(Path pictures) {
    this.pictures = pictures;
  }

  /**
   * Writes the page, and pictures in a folder beside it.
   *
   * @param file the page
   * @param results what was measured
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, List<ScenarioResult> results) throws IOException {
    Path pictures = file.toAbsolutePath().resolveSibling("performance");
    Files.createDirectories(pictures);
    PerformancePage page = new PerformancePage(pictures);
    page.text("introduction");
    if (!results.isEmpty()) {
      page.machine(results.get(0).machine());
    }
    for (ScenarioResult result : results) {
      page.scenario(result);
    }
    page.text("others");
    Files.writeString(file, page.page.toString().stripTrailing() + "\n");
  }

  private void machine(Machine machine) {
    line("## The machine");
    line("");
    line(
        String.format(
            Locale.ROOT,
            "%s, %d processors, %.0f GiB of memory, %s, stores on %s, %s.",
            machine.processor(),
            machine.processors(),
            machine.memory() / (double) (1 << 30),
            machine.system(),
            machine.fileSystem(),
            machine.java()));
    line("");
  }

  private void scenario(ScenarioResult result) throws IOException {
    line("## " + result.title());
    line("");
    text(result.name());
    line("| what | measured | baseline | ratio | bar | |");
    line("| --- | --- | --- | --- | --- | --- |");
    for (Figure figure : result.figures()) {
      line(
          String.format(
              "| %s | %s | %s | %s | %s | %s |",
              figure.name(),
              spread(figure.measured(), figure.unit()),
              figure.baseline() == null
                  ? ""
                  : figure.baselineName() + ": " + spread(figure.baseline(), figure.unit()),
              spread(figure.ratio(), ""),
              figure.bar() == null ? "" : figure.bar().toString().replace(" ", NEVER_SPLIT),
              switch (figure.verdict()) {
                case MET -> "met";
                case MISSED -> "**missed**";
                case STATED -> "";
              }));
    }
    line("");
    if (result.problem() != null) {
      line("It failed: " + result.problem());
      line("");
    }
    for (Chart chart : result.charts()) {
      Files.writeString(pictures.resolve(chart.name() + ".svg"), SvgChart.draw(chart));
      line("![" + chart.title() + "](performance/" + chart.name() + ".svg)");
      line("");
    }
    line(
        String.format(
            Locale.ROOT,
            "<sub>`./tidemark bench --%s --only %s`, %s; load of the machine before: %.1f.</sub>",
            result.profile(),
            result.name(),
            result.finished(),
            result.machine().load()));
    line("");
  }

  private static String spread(@Nullable Spread spread, String unit) {
    if (spread == null) {
      return "";
    }
    String median = "**" + Console.number(spread.median()) + "**";
    String range =
        spread.rounds() == 1
            ? ""
            : " (" + Console.number(spread.low()) + ".." + Console.number(spread.high()) + ")";
    return median + (unit.isEmpty() ? "" : NEVER_SPLIT + unit) + range;
  }

  /** Takes a text over, if there is one. */
  private void text(String name) throws IOException {
    try (InputStream text = PerformancePage.class.getResourceAsStream(name + ".md")) {
      if (text != null) {
        line(new String(text.readAllBytes(), StandardCharsets.UTF_8).strip());
        line("");
      }
    }
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}

package dev.tidemark.benchmarks.report;

import dev.tidemark.benchmarks.result.ScenarioResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the page about performance. */
public final class PerformancePage {
  private PerformancePage() {}

  /**
   * Writes the page, and pictures beside it.
   *
   * @param file the page
   * @param results what was measured
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, List<ScenarioResult> results) throws IOException {
    throw new IOException("to be written" + file + results);
  }
}

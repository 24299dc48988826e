package dev.tidemark.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that tests hold against the code. */
final class Documents {
  static final Path METRICS = Path.of("..", "docs", "metrics.md");
  static final Path OPERATIONS = Path.of("..", "docs", "operations.md");
  private static final Path RESOURCES = Path.of("src/main/resources/dev/tidemark/metrics");
  static final Path RULES = RESOURCES.resolve("tidemark-rules.yml");
  static final Path RULES_TEST =
      Path.of("src/test/resources/dev/tidemark/metrics/tidemark-rules.test.yml");
  static final Path DASHBOARD = RESOURCES.resolve("tidemark-dashboard.json");

  private Documents() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

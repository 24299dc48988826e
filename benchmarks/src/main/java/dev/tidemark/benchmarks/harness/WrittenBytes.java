package dev.tidemark.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process hands to the system to be written, where the system tells (Linux does). */
public final class WrittenBytes {
  private static final Path COUNTERS = Path.of("/proc/self/io");
  private static final String WRITTEN = "wchar: ";

  private final long start = now();

  /** Starts to count. */
  public WrittenBytes() {}

  /**
   * Tells what was written since then.
   *
   * @return bytes; 0 where the system does not tell
   */
  public double sinceStart() {
    return (double) (now() - start);
  }

  private static long now() {
    if (!Files.isReadable(COUNTERS)) {
      return 0;
    }
    try {
      return Files.readAllLines(COUNTERS).stream()
          .filter(line -> line.startsWith(WRITTEN))
          .mapToLong(line -> Long.parseLong(line.substring(WRITTEN.length()).strip()))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}

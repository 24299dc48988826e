package dev.tidemark.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether somebody looks at standard error. */
public final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /**
   * Tells whether standard error is a terminal. Java can tell only of standard input and output
   * together, which is the second choice where the system does not show its file descriptors.
   *
   * @return whether progress is worth showing
   */
  @SuppressWarnings("SystemConsoleNull") // newer Java says yes too often here; --quiet helps
  public static boolean isStandardErrorShown() {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }
}

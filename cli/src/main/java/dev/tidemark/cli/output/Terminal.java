package dev.tidemark.cli.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether somebody looks at standard error. */
public final class Terminal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  /** ANSI: to the upper left corner, and clear what is below. */
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private Terminal() {}

  /**
   * Returns what to print before a screen that takes the place of the one before.
   *
   * @return the terminal's own sequence; nothing where standard output is none, or that is not
   *     known
   */
  public static String startOfScreen() {
    return isTerminal(STANDARD_OUTPUT).orElse(false) ? CLEAR : "";
  }

  /**
   * Tells whether standard error is a terminal. Java can tell only of standard input and output
   * together, which is the second choice where the system does not show its file descriptors.
   *
   * @return whether progress is worth showing
   */
  @SuppressWarnings("SystemConsoleNull") // newer Java says yes too often here; --quiet helps
  public static boolean isStandardErrorShown() {
    return isTerminal(STANDARD_ERROR).orElseGet(() -> System.console() != null);
  }

  private static Optional<Boolean> isTerminal(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return Optional.of(target.startsWith("/dev/pts/") || target.startsWith("/dev/tty"));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}

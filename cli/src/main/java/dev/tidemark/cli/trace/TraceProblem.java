package dev.tidemark.cli.trace;

/** What is wrong with a line; the reader adds which file and which line. */
final class TraceProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TraceProblem(String problem) {
    super(problem, null, false, false);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}

package dev.tidemark.cli.output;

/** A command cannot go on, for a reason that the library does not know: files, arguments. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final String remedy;

  /**
   * Says what is wrong and what to do.
   *
   * @param exitCode how the command ends
   * @param problem what is wrong: a phrase without a full stop
   * @param remedy what to do about it: a sentence without its full stop
   */
  public CommandFailure(ExitCode exitCode, String problem, String remedy) {
    super(problem);
    this.exitCode = exitCode;
    this.remedy = remedy;
  }

  ExitCode exitCode() {
    return exitCode;
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }
}

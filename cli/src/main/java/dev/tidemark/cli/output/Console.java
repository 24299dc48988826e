package dev.tidemark.cli.output;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command speaks: results on standard output, progress and errors on standard error. One
 * per run of the program.
 */
public final class Console {
  private final Output output;
  private final PrintStream errors;
  private final boolean isTerminal;

  /**
   * Joins both streams.
   *
   * @param output for results
   * @param errors for progress and errors
   * @param isTerminal whether somebody looks at {@code errors} as they come
   */
  public Console(OutputStream output, PrintStream errors, boolean isTerminal) {
    this.output = new Output(output);
    this.errors = errors;
    this.isTerminal = isTerminal;
  }

  /**
   * Returns standard output.
   *
   * @return for results
   */
  public Output output() {
    return output;
  }

  /**
   * Shows how far something is, where somebody looks.
   *
   * @param task what is done
   * @param most where it ends
   * @param isWanted false for silence
   * @return the display, to be closed
   */
  public Progress progress(String task, long most, boolean isWanted) {
    return isTerminal && isWanted ? Progress.onTerminal(errors, task, most) : Progress.NONE;
  }

  /**
   * Says something that is no result.
   *
   * @param text one line
   */
  public void note(String text) {
    errors.println("tidemark: " + text);
  }

  /**
   * Tells why a command ends early.
   *
   * @param failure what was thrown
   * @param asJson whether a script reads it
   * @param withStackTrace whether to add the stack trace
   * @return how to end
   */
  public ExitCode fail(Throwable failure, boolean asJson, boolean withStackTrace) {
    if (failure instanceof OutputFailure lost && lost.isReaderGone()) {
      return ExitCode.OK;
    }
    flushWhatWasWritten();
    ErrorReport report = ErrorReport.of(failure);
    tell(report, asJson);
    if (withStackTrace) {
      failure.printStackTrace(errors);
    }
    errors.flush();
    return report.exitCode();
  }

  /**
   * Tells that the command line cannot be understood.
   *
   * @param problem what is wrong, without a full stop
   * @param remedy what to do
   * @param asJson whether a script reads it
   * @return how to end
   */
  public ExitCode refuse(String problem, String remedy, boolean asJson) {
    tell(ErrorReport.ofCommand(ExitCode.USAGE, problem, remedy), asJson);
    errors.flush();
    return ExitCode.USAGE;
  }

  private void tell(ErrorReport report, boolean asJson) {
    if (asJson) {
      new Output(errors).json(report.toReport()::writeTo);
    } else {
      errors.println(report.line());
    }
  }

  private void flushWhatWasWritten() {
    try {
      output.flush();
    } catch (OutputFailure e) {
      // The error that is about to be told came first.
      errors.flush();
    }
  }
}

package dev.tidemark.cli.command;

import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;

/** Checks numbers of the command line before anything is opened. */
final class Numbers {
  private Numbers() {}

  /** Refuses a number below 0, which would silently print nothing or everything. */
  static void requireNotNegative(String option, long number) {
    if (number < 0) {
      throw new CommandFailure(
          ExitCode.USAGE, option + " is " + number, "Give it a number that is 0 or more");
    }
  }
}

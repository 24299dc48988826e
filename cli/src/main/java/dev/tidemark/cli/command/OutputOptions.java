package dev.tidemark.cli.command;

import picocli.CommandLine.Option;

/** What every command understands. */
final class OutputOptions {
  @Option(names = "--json", description = "Print one JSON document, also for errors.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress and no remarks.")
  private boolean quiet;

  @Option(names = "--stacktrace", description = "Add the stack trace to an error.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text.")
  private boolean help;

  boolean isJson() {
    return json;
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean isStacktrace() {
    return stacktrace;
  }

  boolean isHelp() {
    return help;
  }
}

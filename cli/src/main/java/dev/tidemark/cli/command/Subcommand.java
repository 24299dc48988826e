package dev.tidemark.cli.command;

import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Output;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.output.Report;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What the subcommands share: options of output, and one way to tell a result. */
abstract class Subcommand implements Callable<Integer> {
  @Mixin private OutputOptions options = new OutputOptions();

  private final Console console;

  Subcommand(Console console) {
    this.console = console;
  }

  @Override
  public final Integer call() {
    ExitCode code = run();
    console.output().flush();
    return code.number();
  }

  abstract ExitCode run();

  final boolean isJson() {
    return options.isJson();
  }

  final Output output() {
    return console.output();
  }

  final Progress progress(String task, long most) {
    return console.progress(task, most, !options.isQuiet());
  }

  final void note(String text) {
    if (!options.isQuiet()) {
      console.note(text);
    }
  }

  /** Says what was asked for, also where remarks are not wanted. */
  final void announce(String text) {
    console.note(text);
  }

  /** Tells the result, in one of its two forms. */
  final void tell(Report report, List<String> lines) {
    if (isJson()) {
      output().json(report::writeTo);
    } else {
      lines.forEach(output()::line);
    }
  }
}

package dev.tidemark.cli;

import dev.tidemark.cli.command.TidemarkCommand;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code tidemark} program. */
public final class Main {
  private Main() {}

  /**
   * Runs the program and ends the process.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    // Not System.out, which swallows failures to write.
    OutputStream output = new FileOutputStream(FileDescriptor.out);
    System.exit(run(args, new Console(output, System.err, Terminal.isStandardErrorShown())));
  }

  /**
   * Runs the program within this process, as on no terminal.
   *
   * @param args the command line
   * @param output for results
   * @param errors for errors
   * @return the exit code
   */
  public static int run(String[] args, OutputStream output, OutputStream errors) {
    PrintStream printed = new PrintStream(errors, true, StandardCharsets.UTF_8);
    return run(args, new Console(output, printed, false));
  }

  private static int run(String[] args, Console console) {
    // Looked up by hand, because they count also where the rest cannot be understood.
    List<String> words = List.of(args);
    boolean asJson = words.contains("--json");
    boolean withStackTrace = words.contains("--stacktrace");
    try {
      CommandLine line = TidemarkCommand.create(console);
      line.setParameterExceptionHandler(
          (failure, ignored) -> refuse(console, failure, asJson).number());
      line.setExecutionExceptionHandler(
          (failure, ignored, parsed) -> {
            if (failure instanceof ParameterException refused) {
              return refuse(console, refused, asJson).number();
            }
            return console.fail(failure, asJson, withStackTrace).number();
          });
      if (args.length == 0) {
        line.usage(line.getOut());
        return ExitCode.USAGE.number();
      }
      int code = line.execute(args);
      console.output().flush();
      return code;
    } catch (Throwable failure) {
      // Errors of the platform, such as a full memory, end in one line as everything else does.
      return console.fail(failure, asJson, withStackTrace).number();
    }
  }

  private static ExitCode refuse(Console console, ParameterException failure, boolean asJson) {
    CommandLine line = failure.getCommandLine();
    String problem = String.valueOf(failure.getMessage()).replaceAll("\\s+", " ");
    String remedy = "See " + line.getCommandSpec().qualifiedName() + " --help";
    if (failure instanceof UnmatchedArgumentException unmatched) {
      problem = "there is no " + String.join(" ", unmatched.getUnmatched()) + " here";
      List<String> similar =
          Similar.of(unmatched.getUnmatched().get(0), unmatched.getSuggestions());
      if (!similar.isEmpty()) {
        remedy = "Did you mean " + String.join(" or ", similar) + "? " + remedy;
      }
    }
    return console.refuse(problem, remedy, asJson);
  }
}

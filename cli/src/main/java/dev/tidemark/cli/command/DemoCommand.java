package dev.tidemark.cli.command;

import dev.tidemark.cli.demo.Demo;
import dev.tidemark.cli.demo.DemoDirectory;
import dev.tidemark.cli.demo.DemoResult;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidemark demo}. */
@Command(
    name = "demo",
    description = {
      "Show the main job on a real history: two stores, the same tree.",
      "",
      "A recorded history is imported into one SQLite store and replicated, chunk by chunk and in"
          + " an order that makes operations late, into a second one. Both are verified against"
          + " each other, against a fresh fold of the log and against the known result. Ends with 1"
          + " if anything differs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark demo",
      "  tidemark demo --directory play --seed 7",
      "  tidemark tree --store sqlite:play/second.db --document history --depth 2"
    })
final class DemoCommand extends Subcommand {
  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Make the stores there, in a new or empty directory, and keep them.")
  private @Nullable Path directory;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Shuffle the second store's order of arrival with it (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  DemoCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    try (DemoDirectory place = DemoDirectory.open(directory)) {
      DemoResult result = new Demo(place, seed, narrator()).run(this::progress);
      tell(result.toReport(), result.toLines());
      return result.isIdentical() ? ExitCode.OK : ExitCode.DIFFERENT;
    }
  }

  private Consumer<String> narrator() {
    if (isJson()) {
      return line -> {};
    }
    return line -> {
      output().line(line);
      // Each step is told before it begins.
      output().flush();
    };
  }
}

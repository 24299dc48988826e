package dev.tidemark.cli.command;

import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.watch.MetricsSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code tidemark stats} goes on showing. */
final class WatchOptions {
  @Option(
      names = "--watch",
      description = "Show the figures again and again, with what changed, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "With --watch: the time between two looks (default: 2).")
  private @Nullable Integer interval;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "With --watch: end after so many looks.")
  private @Nullable Integer rounds;

  @Option(
      names = "--metrics",
      paramLabel = "URL",
      description =
          "With --watch: where the process that writes shows its metrics, as --metrics-port prints"
              + " it.")
  private @Nullable String metrics;

  boolean isOn() {
    if (!watch && (interval != null || rounds != null || metrics != null)) {
      throw new CommandFailure(
          ExitCode.USAGE, "--interval, --rounds and --metrics go with --watch", "Add --watch");
    }
    require("--interval", interval);
    require("--rounds", rounds);
    return watch;
  }

  private static void require(String option, @Nullable Integer number) {
    if (number != null && number < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, option + " is " + number, "Give it a number, 1 or more");
    }
  }

  int seconds() {
    return interval == null ? 2 : interval;
  }

  int rounds() {
    return rounds == null ? Integer.MAX_VALUE : rounds;
  }

  @Nullable MetricsSource writer() {
    return metrics == null ? null : MetricsSource.of(metrics);
  }
}

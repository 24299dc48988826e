package dev.tidemark.cli.command;

import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.watch.MetricsSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code tidemark stats} goes on showing. */
final class WatchOptions {
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(2);

  @Option(
      names = "--watch",
      description = "Show the figures again and again, with what changed, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "With --watch: the time between two looks, for example 500ms (default: 2s).")
  private @Nullable Duration interval;

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
    if (interval != null && interval.isZero()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--interval is 0", "Give it a time of 1ms or more, for example 500ms");
    }
    if (rounds != null && rounds < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--rounds is " + rounds, "Give it a number, 1 or more");
    }
    return watch;
  }

  Duration interval() {
    return interval == null ? DEFAULT_INTERVAL : interval;
  }

  int rounds() {
    return rounds == null ? Integer.MAX_VALUE : rounds;
  }

  @Nullable MetricsSource writer() {
    return metrics == null ? null : MetricsSource.of(metrics);
  }
}

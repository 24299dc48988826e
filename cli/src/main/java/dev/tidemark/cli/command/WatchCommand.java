package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.Change;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.core.Document;
import dev.tidemark.core.FollowOptions;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeFollower;
import dev.tidemark.core.TreeSnapshot;
import dev.tidemark.core.TreeUpdate;
import dev.tidemark.core.TreeUpdate.Changed;
import dev.tidemark.core.TreeUpdate.Resync;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark watch}. */
@Command(
    name = "watch",
    description = {
      "Print what changes in the visible tree of a document, whoever changes it.",
      "",
      "Begins with what is committed after the command was started, and ends with Ctrl-C, --count"
          + " or --until. A line has the version and one net change; changes of several commits"
          + " between two looks are told as one. Where the changes cannot be told, for example"
          + " because too much happened at once, a line says resync: look at the tree. With --json,"
          + " each look that found something is one JSON document on a line of its own."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark watch --store sqlite:notes.db --document notes",
      "  tidemark watch --store sqlite:notes.db --document notes --interval 2s --json",
      "  tidemark watch --store sqlite:notes.db --document notes --count 1"
    })
final class WatchCommand extends Subcommand {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Mixin private DocumentOptions source = new DocumentOptions();

  @Mixin private MetricsOptions metricsOptions = new MetricsOptions();

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      defaultValue = "200ms",
      description =
          "Look so often, where the store does not tell of commits (default: ${DEFAULT-VALUE}).")
  private Duration interval = FollowOptions.DEFAULT.interval();

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "End after so many looks that found something (default: never).")
  private @Nullable Long count;

  @Option(
      names = "--until",
      paramLabel = "VERSION",
      description = "End when the document has reached this version (default: never).")
  private @Nullable Long until;

  private long printed;
  private boolean isAway;

  WatchCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    Numbers.requireNotNegative("--count", count == null ? 0 : count);
    Numbers.requireNotNegative("--until", until == null ? 0 : until);
    if (interval.isZero()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--interval is 0", "Give it a time of 1ms or more, for example 500ms");
    }
    try (StopSignal stop = new StopSignal();
        MetricsOptions.Session metrics = metricsOptions.start(this::announce);
        Tidemark store = Stores.openToFollow(source.store(), metrics)) {
      Document document = Stores.require(store, source.document());
      try (TreeFollower follower = document.follow(FollowOptions.DEFAULT.withInterval(interval))) {
        stop.onStop(follower::close);
        watch(follower, stop, store);
      }
    }
    return ExitCode.OK;
  }

  private void watch(TreeFollower follower, StopSignal stop, Tidemark store) {
    Optional<TreeUpdate> update = first(follower, stop);
    update.ifPresent(
        first ->
            note(
                "watching document %s of %s after version %d; Ctrl-C ends it"
                    .formatted(source.document(), store, first.after())));
    while (update.isPresent()) {
      TreeUpdate found = update.get();
      stop.undisturbed(() -> print(found, follower));
      if (isReached(found)) {
        return;
      }
      update = next(follower, stop);
    }
  }

  /** Looks once; there is no update when the command is told to stop. */
  private static Optional<TreeUpdate> first(TreeFollower follower, StopSignal stop) {
    try {
      return Optional.of(follower.poll());
    } catch (TidemarkException e) {
      if (stop.isStopped()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isReached(TreeUpdate update) {
    return (count != null && printed >= count) || (until != null && update.version() >= until);
  }

  /** Waits for the next update; there is none when the command is told to stop. */
  private Optional<TreeUpdate> next(TreeFollower follower, StopSignal stop) {
    while (!stop.isStopped()) {
      try {
        // A version may be reached without a visible change.
        TreeUpdate update = follower.await(until == null ? LONG : interval);
        isAway = false;
        return Optional.of(update);
      } catch (TidemarkException e) {
        if (!stop.isStopped()) {
          tryAgainLater(e, stop);
        }
      }
    }
    return Optional.empty();
  }

  /** The follower tells later what it could not tell now, so a server may go and come back. */
  private void tryAgainLater(TidemarkException failure, StopSignal stop) {
    if (!failure.isRetryable()) {
      throw failure;
    }
    if (!isAway) {
      note("the store cannot be read just now, trying again: " + failure.code().message());
      isAway = true;
    }
    stop.pause(interval);
  }

  private void print(TreeUpdate update, TreeFollower follower) {
    if (update instanceof TreeUpdate.Unchanged) {
      return;
    }
    printed++;
    if (isJson()) {
      output().json(json -> write(json, update, follower));
    } else if (update instanceof Changed changed) {
      TreeSnapshot tree = follower.tree();
      for (Change change : changed.changes().changes()) {
        output().line(ChangeText.of(change, tree).line(update.version()));
      }
    } else if (update instanceof Resync resync) {
      output()
          .line(
              "%-8d %-8s what changed since version %d cannot be told (%s): look at the tree"
                  .formatted(
                      resync.version(),
                      "resync",
                      resync.after(),
                      resync.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    }
    output().flush();
  }

  private static void write(JsonGenerator json, TreeUpdate update, TreeFollower follower)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("after", update.after());
    json.writeNumberField("version", update.version());
    if (update instanceof Resync resync) {
      json.writeStringField("resync", resync.cause().name());
    } else if (update instanceof Changed changed) {
      json.writeArrayFieldStart("changes");
      TreeSnapshot tree = follower.tree();
      for (Change change : changed.changes().changes()) {
        ChangeText.of(change, tree).writeTo(json);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }
}

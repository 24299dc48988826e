package dev.tidemark.cli.command;

import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.job.Replication;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.DocumentStatus;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.OpenMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark replicate}. */
@Command(
    name = "replicate",
    description = {
      "Bring a document of one store up to the same document of another.",
      "",
      "The source is read chunk by chunk and only read. Each chunk is stored together with the"
          + " place where the next one starts, so the command may be stopped at any moment and run"
          + " again, and a later run reads only what is new. The target is created if there is"
          + " none; what it has beside the source's operations stays."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark replicate --from sqlite:a.db --to sqlite:b.db --document notes",
      "  tidemark replicate --from sqlite:a.db --to sqlite:b.db --document notes"
          + " --chunk-size 256KiB",
      "",
      "Read everything once more, whatever was read before:",
      "  tidemark replicate --from sqlite:a.db --to sqlite:b.db --document notes --after 0"
    })
final class ReplicateCommand extends Subcommand {
  private static final String REPLACED =
      "The source is another store than the one that was read under this name before; run the"
          + " command again with --after 0";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URI",
      description = "The store to read, for example sqlite:a.db.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "URI",
      description = "The store to write, for example sqlite:b.db.")
  private String to = "";

  @Option(
      names = "--document",
      required = true,
      paramLabel = "NAME",
      description = "The document, of the same name in both.")
  private String document = "";

  @Option(
      names = "--chunk-size",
      paramLabel = "SIZE",
      converter = ByteSizeConverter.class,
      defaultValue = "5MiB",
      description =
          "The largest chunk before it is compressed, 256KiB to 32MiB (default:"
              + " ${DEFAULT-VALUE}). A run that goes on finishes with the size that it began"
              + " with.")
  private int chunkSize = ChunkSize.DEFAULT;

  @Option(
      names = "--after",
      paramLabel = "VERSION",
      description =
          "Start after this version of the source instead of where the last run stopped. 0 reads"
              + " everything; what is there already is not written twice.")
  private @Nullable Long after;

  @Option(
      names = "--peer",
      paramLabel = "NAME",
      description = "The name under which the target keeps its place (default: the source's URI).")
  private @Nullable String peer;

  @Mixin private MetricsOptions metricsOptions = new MetricsOptions();

  ReplicateCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    DocumentId id = DocumentId.of(document);
    // Before anything is opened: a refused command creates no target.
    ChunkSize.check(chunkSize);
    Numbers.requireNotNegative("--after", after == null ? 0 : after);
    if (PeerNames.place(from).equals(PeerNames.place(to))) {
      throw new CommandFailure(
          ExitCode.USAGE, "--from and --to are the same store", "Name two different stores");
    }
    try (MetricsOptions.Session metrics = metricsOptions.start(this::announce);
        Tidemark source = Stores.open(from, OpenMode.READ, metrics, "source")) {
      Document origin = Stores.require(source, id);
      DocumentStatus before = origin.status();
      try (Tidemark target = Stores.open(to, OpenMode.CREATE, metrics, "target")) {
        Document copy = target.document(id);
        String name = peer == null ? PeerNames.of(from, origin) : peer;
        Replication job = new Replication(origin, copy, name);
        try (Progress progress = progress("Replicating", before.version())) {
          replicate(job, progress);
        } catch (TidemarkException e) {
          throw withRemedy(e);
        }
        DocumentStatus reached = copy.status();
        // What operations the two have beside each other's says nothing: where the pull stands
        // does.
        long through = through(copy, name);
        boolean isComplete = through >= before.version();
        tell(
            report(job, before, reached, isComplete), lines(job, reached, target, before, through));
        return isComplete ? ExitCode.OK : ExitCode.DIFFERENT;
      }
    }
  }

  /** The last version of the source up to which nothing is missing that was asked for. */
  private long through(Document copy, String name) {
    long asked = after == null ? 0 : after;
    return copy.progress(name).map(stored -> stored.next().completedVersion()).orElse(asked);
  }

  private void replicate(Replication job, Progress progress) {
    if (after == null) {
      job.pull(chunkSize, progress);
    } else {
      job.repeat(after, chunkSize, progress);
    }
  }

  /** Only here is it known that a source which does not fit is one that was replaced. */
  private static TidemarkException withRemedy(TidemarkException error) {
    return error.code() == ErrorCode.TOKEN_MISMATCH
        ? ErrorPlaces.with(error, Detail.REMEDY, REPLACED)
        : error;
  }

  private Report report(
      Replication job, DocumentStatus source, DocumentStatus target, boolean isComplete) {
    return new Report()
        .with("document", document)
        .with("resumed", job.isResumed())
        .with("chunks", job.chunks())
        .with("appended", job.appended())
        .with("known", job.known())
        .with("late", job.late())
        .with("sourceOperations", source.operations())
        .with("targetOperations", target.operations())
        .with("complete", isComplete)
        .with("milliseconds", job.nanos() / 1_000_000)
        .with("operationsPerSecond", Text.perSecond(job.appended() + job.known(), job.nanos()));
  }

  private List<String> lines(
      Replication job,
      DocumentStatus reached,
      Tidemark target,
      DocumentStatus source,
      long through) {
    List<String> lines = new ArrayList<>();
    if (job.isResumed()) {
      lines.add("Went on where the last run stopped.");
    }
    if (job.chunks() == 0) {
      lines.add("There was nothing new to read.");
    } else {
      lines.add(
          "Applied %s in %s: %s new, of which %s came late, and %s known."
              .formatted(
                  Text.count(job.chunks(), "chunk"),
                  Text.duration(job.nanos()),
                  Text.count(job.appended(), "operation"),
                  Text.count(job.late()),
                  Text.count(job.known())));
    }
    lines.add(
        "Document %s of %s has %s now."
            .formatted(document, target, Text.count(reached.operations(), "operation")));
    if (through < source.version()) {
      lines.add(
          "Of the source, what follows version %d was not read to its end; run the command again without --after."
              .formatted(through));
    } else if (after != null && after > 0) {
      lines.add("Of the source, only what follows version %d was asked for.".formatted(after));
    }
    return lines;
  }
}

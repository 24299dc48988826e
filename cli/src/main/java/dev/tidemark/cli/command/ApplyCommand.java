package dev.tidemark.cli.command;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.job.ChunkFiles;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.output.Remedies;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import dev.tidemark.spi.OpenMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tidemark apply}. */
@Command(
    name = "apply",
    description = {
      "Apply chunks from files to a document, in any order, once or more often.",
      "",
      "Each file is applied as a whole or not at all. A payload that comes in several chunks"
          + " appears when all of them were applied. The store is created if there is none."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  tidemark apply outbox/*.chunk --store sqlite:copy.db --document notes"})
final class ApplyCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with one chunk each.")
  private List<Path> files = List.of();

  @Mixin private DocumentOptions target = new DocumentOptions();

  @Mixin private MetricsOptions metricsOptions = new MetricsOptions();

  private int applied;
  private long appended;
  private long known;
  private long late;
  private long fragments;

  ApplyCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    byte[] first = ChunkFiles.read(files.get(0));
    try (MetricsOptions.Session metrics = metricsOptions.start(this::announce);
        Tidemark store = Stores.open(target.store(), OpenMode.CREATE, metrics, "target");
        Progress progress = progress("Applying", files.size())) {
      Document document = store.document(target.document());
      for (Path file : files) {
        byte[] chunk = applied == 0 ? first : ChunkFiles.read(file);
        count(apply(document, file, chunk));
        progress.stepTo(applied);
      }
      tell(report(document), lines(document, store));
    }
    return ExitCode.OK;
  }

  private ApplyResult apply(Document document, Path file, byte[] chunk) {
    try {
      return ErrorPlaces.ofFile(file, () -> document.apply(chunk));
    } catch (TidemarkException e) {
      throw ErrorPlaces.with(
          e, Detail.REMEDY, remedy(e) + "; applied before this: " + Text.count(applied, "file"));
    }
  }

  private static String remedy(TidemarkException error) {
    if (error.code() == ErrorCode.CHUNK_MISMATCH) {
      return error
          .detail(Detail.ACTUAL)
          .map(name -> "Use --document " + name)
          .orElse("Name the document that the chunk is of");
    }
    String usual = Remedies.of(error);
    return usual.isEmpty() ? "Run tidemark chunk on this file to see what is in it" : usual;
  }

  private void count(ApplyResult result) {
    applied++;
    appended += result.append().appended();
    known += result.append().known();
    late += result.append().late();
    fragments += result.isPayloadPending() ? 1 : 0;
  }

  private Report report(Document document) {
    return new Report()
        .with("document", document.id().value())
        .with("chunks", applied)
        .with("appended", appended)
        .with("known", known)
        .with("late", late)
        .with("fragmentsKept", fragments)
        .with("operations", document.status().operations());
  }

  private List<String> lines(Document document, Tidemark store) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Applied %s: %s new, of which %s came late, and %s known."
            .formatted(
                Text.count(applied, "chunk"),
                Text.count(appended, "operation"),
                Text.count(late),
                Text.count(known)));
    if (fragments > 0) {
      lines.add(
          "Of these, %s did not complete a payload yet."
              .formatted(Text.count(fragments, "fragment")));
    }
    lines.add(
        "Document %s of %s has %s now."
            .formatted(
                document.id(), store, Text.count(document.status().operations(), "operation")));
    return lines;
  }
}

package dev.tidemark.cli.command;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.cli.job.InputFiles;
import dev.tidemark.cli.job.TraceImport;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.cli.trace.TraceReader;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark import}. */
@Command(
    name = "import",
    description = {
      "Read a trace into a document.",
      "",
      "Each transaction of the trace is appended by itself, in the order of the file, so that"
          + " operations that arrived late there arrive late here. The store is created if there"
          + " is none. An import that was stopped goes on when the same command is run again:"
          + " what is in the store already is not written twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark import history.jsonl.gz --store sqlite:history.db --document history",
      "  tidemark import history.jsonl --store sqlite:history.db --document history --batch 100",
      "  tidemark import history.jsonl --store sqlite:h.db --document history --catch-up deferred",
      "  zcat history.jsonl.gz | tidemark import - --store sqlite:h.db --document history"
    })
final class ImportCommand extends Subcommand {
  private static final Path STANDARD_INPUT = Path.of("-");

  @Parameters(
      paramLabel = "TRACE",
      description = "A trace, plain or compressed with gzip; - reads standard input.")
  private Path trace = STANDARD_INPUT;

  @Mixin private DocumentOptions target = new DocumentOptions();

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "1",
      description = "Append so many transactions together (default: ${DEFAULT-VALUE}).")
  private int batch = 1;

  @Option(
      names = "--catch-up",
      paramLabel = "WHEN",
      converter = CatchUpConverter.class,
      defaultValue = "immediate",
      description =
          "When to bring the tree up to date: immediate, with each append; deferred, by tidemark"
              + " catch-up or the next reader that needs it; or a number, with each append that"
              + " need not look at more earlier operations than that (default:"
              + " ${DEFAULT-VALUE}).")
  private CatchUpPolicy policy = CatchUpPolicy.immediate();

  ImportCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    if (batch < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--batch is " + batch, "Give it a number of transactions, 1 or more");
    }
    // The trace first: a store is not created for a file that is no trace.
    try (TraceReader reader = openTrace();
        Tidemark store = Stores.openToWrite(target.store())) {
      Document document = store.document(target.document());
      TraceImport job = new TraceImport(reader, document, batch, policy);
      try (Progress progress = progress("Importing", reader.header().operations().orElse(-1L))) {
        job.run(progress);
      } catch (CommandFailure e) {
        throw e.after(state(job));
      } catch (TidemarkException e) {
        throw withState(e, job);
      }
      tell(report(job, document), lines(job, document, store));
      return ExitCode.OK;
    }
  }

  private TraceReader openTrace() {
    if (trace.equals(STANDARD_INPUT)) {
      return TraceReader.open("standard input", System.in);
    }
    InputStream input = InputFiles.open(trace, "a trace");
    return TraceReader.open(trace.toString(), input);
  }

  /** Told beside an error, because that much is in the store. */
  private static String state(TraceImport job) {
    return job.operations() == 0
        ? "Nothing was imported"
        : "Imported before this: " + Text.count(job.operations(), "operation");
  }

  private static TidemarkException withState(TidemarkException error, TraceImport job) {
    String remedy =
        error
            .detail(Detail.REMEDY)
            .map(String::valueOf)
            .orElse("run the same command again when the cause is gone");
    return ErrorPlaces.with(error, Detail.REMEDY, state(job) + "; " + remedy);
  }

  private Report report(TraceImport job, Document document) {
    return new Report()
        .with("document", target.document().value())
        .with("transactions", job.transactions())
        .with("operations", job.operations())
        .with("appended", job.appended())
        .with("known", job.known())
        .with("late", job.late())
        .with("version", document.status().version())
        .with("pending", pending(document))
        .with("milliseconds", job.nanos() / 1_000_000)
        .with("operationsPerSecond", Text.perSecond(job.operations(), job.nanos()));
  }

  private List<String> lines(TraceImport job, Document document, Tidemark store) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Read %s in %s into document %s of %s."
            .formatted(
                Text.count(job.operations(), "operation"),
                Text.count(job.transactions(), "transaction"),
                target.document(),
                store));
    lines.add(
        job.known() == 0
            ? "All were new; %s came late.".formatted(Text.count(job.late()))
            : "%s were new, of which %s came late; %s were in the store before."
                .formatted(
                    Text.count(job.appended()), Text.count(job.late()), Text.count(job.known())));
    lines.add(
        "It took %s, %s a second."
            .formatted(
                Text.duration(job.nanos()),
                Text.count(Text.perSecond(job.operations(), job.nanos()), "operation")));
    long pending = pending(document);
    if (pending > 0) {
      lines.add(
          "The tree does not have %s yet; tidemark catch-up brings it up to date."
              .formatted(Text.count(pending, "operation")));
    }
    return lines;
  }

  private static long pending(Document document) {
    return document.status().frontier().map(ReplayFrontier::pending).orElse(0L);
  }
}

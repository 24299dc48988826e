package dev.tidemark.cli.command;

import dev.tidemark.cli.job.InputFiles;
import dev.tidemark.cli.job.TraceExport;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Progress;
import dev.tidemark.cli.output.Report;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark export}. */
@Command(
    name = "export",
    description = {
      "Write the log of a document as a trace.",
      "",
      "Importing the trace into an empty store gives the same operations in the same versions, and"
          + " so the same tree. Payloads are written with their bytes. A file appears when it is"
          + " complete, and never in part."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark export --store sqlite:notes.db --document notes --output notes.jsonl.gz",
      "  tidemark export --store sqlite:notes.db --document notes | gzip > notes.jsonl.gz"
    })
final class ExportCommand extends Subcommand {
  @Mixin private DocumentOptions source = new DocumentOptions();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write; compressed if it ends in .gz (default: standard output).")
  private @Nullable Path file;

  @Option(names = "--force", description = "Replace the file if there is one.")
  private boolean force;

  ExportCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    if (file != null && !force && Files.exists(file)) {
      throw new CommandFailure(
          ExitCode.USAGE, file + ": there is such a file", "Use another name, or --force");
    }
    if (file == null && isJson()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "the trace and the result cannot both go to standard output",
          "Use --output with --json; a trace is JSON lines anyway");
    }
    try (Tidemark store = Stores.openToRead(source.store())) {
      Document document = Stores.require(store, source.document());
      TraceExport job = new TraceExport(document);
      try (Progress progress = progress("Exporting", document.status().operations())) {
        if (file == null) {
          job.writeTo(output().bytes(), progress);
          return ExitCode.OK;
        }
        job.writeFile(file, progress);
      } catch (IOException e) {
        throw new CommandFailure(
            ExitCode.STORE,
            (file == null ? "standard output" : file.toString())
                + " cannot be written: "
                + InputFiles.reason(e),
            "Check the path and the free space");
      }
      tell(
          new Report()
              .with("document", source.document().value())
              .with("file", file.toString())
              .with("operations", job.operations())
              .with("transactions", job.transactions()),
          List.of(
              "Wrote %s in %s to %s."
                  .formatted(
                      Text.count(job.operations(), "operation"),
                      Text.count(job.transactions(), "transaction"),
                      file)));
      return ExitCode.OK;
    }
  }
}

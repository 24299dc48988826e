package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.ChunkHeader;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.cli.job.ChunkFiles;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Table;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.ChunkInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tidemark chunk}. */
@Command(
    name = "chunk",
    description = {
      "Explain one chunk: what its header says, and the operations in it.",
      "",
      "The chunk is checked and decoded as if it were applied. No store is needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark chunk outbox/000001.chunk",
      "  tidemark chunk outbox/000001.chunk --json"
    })
final class ChunkCommand extends Subcommand {
  @Parameters(paramLabel = "FILE", description = "A file with one chunk.")
  private Path file = Path.of("");

  ChunkCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    byte[] bytes = ChunkFiles.read(file);
    ChunkInspection chunk = ErrorPlaces.ofFile(file, () -> ChunkInspection.of(bytes));
    if (isJson()) {
      output().json(json -> write(json, chunk, bytes.length));
    } else {
      ChunkHeader header = chunk.header();
      new Table()
          .row("content", ChunkText.line(header, bytes.length))
          .row("document", header.document().value())
          .row("format", header.format() + ", " + header.codec().name().toLowerCase(Locale.ROOT))
          .row("window", window(header))
          .row("next", header.next().token())
          .alignLeft()
          .lines()
          .forEach(output()::line);
      chunk.operations().forEach(logged -> output().line(OperationText.line(logged)));
    }
    return ExitCode.OK;
  }

  private static String window(ChunkHeader header) {
    return "after version %s through %s, chunks of at most %s"
        .formatted(
            Text.count(header.next().window().after()),
            Text.count(header.watermark()),
            Text.size(header.next().window().chunkSize()));
  }

  private static void write(JsonGenerator json, ChunkInspection chunk, int size)
      throws IOException {
    json.writeStartObject();
    json.writeFieldName("header");
    ChunkText.report(chunk.header(), size).writeTo(json);
    json.writeArrayFieldStart("operations");
    for (LoggedOperation logged : chunk.operations()) {
      OperationText.write(json, logged);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}

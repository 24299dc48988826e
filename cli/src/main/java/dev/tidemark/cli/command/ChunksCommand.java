package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.Chunk;
import dev.tidemark.cli.job.ChunkFiles;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Report;
import dev.tidemark.core.ChunkStream;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark chunks}. */
@Command(
    name = "chunks",
    description = {
      "List the chunks of a part of the log, or write them to files.",
      "",
      "Files can be carried by any means and applied in any order with tidemark apply. The same"
          + " part of the log in the same chunk size gives the same bytes."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark chunks --store sqlite:notes.db --document notes",
      "  tidemark chunks --store sqlite:notes.db --document notes --after 120 --write outbox",
      "  tidemark chunks --store sqlite:notes.db --document notes --json | jq -r .chunks[0].next"
    })
final class ChunksCommand extends Subcommand {
  @Mixin private DocumentOptions source = new DocumentOptions();

  @Mixin private WindowOptions window = new WindowOptions();

  @Option(
      names = "--write",
      paramLabel = "DIR",
      description =
          "Write each chunk to a file there: 000001.chunk, 000002.chunk, … A file that has the same"
              + " bytes already stays; one with others ends the command.")
  private @Nullable Path directory;

  ChunksCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    try (Tidemark store = Stores.openToRead(source.store())) {
      ChunkStream chunks = Stores.require(store, source.document()).changes(window.toRequest());
      if (isJson()) {
        output().json(json -> writeAll(json, chunks));
      } else {
        long number = 0;
        for (Chunk chunk : chunks) {
          number++;
          Path file = write(number, chunk);
          String line = ChunkText.line(chunk.header(), chunk.size());
          output().line(file == null ? line : file + "  " + line);
        }
      }
    }
    return ExitCode.OK;
  }

  private @Nullable Path write(long number, Chunk chunk) {
    return directory == null ? null : ChunkFiles.write(directory, number, chunk.bytes());
  }

  private void writeAll(JsonGenerator json, ChunkStream chunks) throws IOException {
    json.writeStartObject();
    json.writeStringField("document", source.document().value());
    json.writeArrayFieldStart("chunks");
    long number = 0;
    for (Chunk chunk : chunks) {
      number++;
      Report report = ChunkText.report(chunk.header(), chunk.size());
      report.with("file", write(number, chunk)).writeTo(json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}

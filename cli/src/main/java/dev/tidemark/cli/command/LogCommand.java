package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark log}. */
@Command(
    name = "log",
    description = {
      "Print the operations of a document in the order in which they arrived in this store.",
      "",
      "A line has the position (version.sequence), what was done, and the canonical place"
          + " (Lamport time@replica:counter), by which all stores order the same operations."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark log --store sqlite:notes.db --document notes",
      "  tidemark log --store sqlite:notes.db --document notes --after 120 --limit 20",
      "  tidemark log --store sqlite:notes.db --document notes --json | jq .operations[0]"
    })
final class LogCommand extends Subcommand {
  @Mixin private DocumentOptions source = new DocumentOptions();

  @Option(
      names = "--after",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "Start after this version (default: ${DEFAULT-VALUE}, at the beginning).")
  private long after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "9223372036854775807",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Print so many operations at most (default: all).")
  private long limit = Long.MAX_VALUE;

  LogCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    Numbers.requireNotNegative("--after", after);
    Numbers.requireNotNegative("--limit", limit);
    try (Tidemark store = Stores.openToRead(source.store())) {
      Document document = Stores.require(store, source.document());
      long version = document.status().version();
      if (isJson()) {
        output().json(json -> writeAll(json, document, version));
      } else {
        read(document, version, logged -> output().line(OperationText.line(logged)));
      }
    }
    return ExitCode.OK;
  }

  private void read(Document document, long version, Consumer<LoggedOperation> printer) {
    if (limit < 1 || after >= version) {
      return;
    }
    long[] left = {limit};
    document.readLog(
        Position.afterVersion(after),
        version,
        logged -> {
          printer.accept(logged);
          left[0]--;
          return left[0] > 0;
        });
  }

  private void writeAll(JsonGenerator json, Document document, long version) throws IOException {
    json.writeStartObject();
    json.writeStringField("document", source.document().value());
    json.writeNumberField("version", version);
    json.writeArrayFieldStart("operations");
    try {
      read(document, version, logged -> write(json, logged));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, LoggedOperation logged) {
    try {
      OperationText.write(json, logged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

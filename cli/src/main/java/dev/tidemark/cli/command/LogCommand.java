package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.core.Document;
import dev.tidemark.core.OperationsPage;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
          + " (Lamport time@replica:counter), by which all stores order the same operations.",
      "",
      "With --parent, only the operations that shaped the children of one node: those that placed a"
          + " child under it, moved one away from it, and wrote to or deleted one while it stood"
          + " there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark log --store sqlite:notes.db --document notes",
      "  tidemark log --store sqlite:notes.db --document notes --after 120 --limit 20",
      "  tidemark log --store sqlite:notes.db --document notes --parent root",
      "  tidemark log --store sqlite:notes.db --document notes --json | jq .operations[0]"
    })
final class LogCommand extends Subcommand {
  private static final int PAGE = 500;

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

  @Option(
      names = "--parent",
      paramLabel = "NODE",
      description = "Print what shaped the children of this node, 32 hexadecimal digits, or root.")
  private @Nullable String parent;

  LogCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    Numbers.requireNotNegative("--after", after);
    Numbers.requireNotNegative("--limit", limit);
    NodeId shaped = parent == null ? null : node(parent);
    try (Tidemark store = Stores.openToRead(source.store())) {
      Document document = Stores.require(store, source.document());
      long version = document.status().version();
      Source operations =
          shaped == null
              ? printer -> read(document, version, printer)
              : printer -> readChildren(document, shaped, version, printer);
      if (shaped != null) {
        document.status().frontier().ifPresent(left -> note(TreeCommand.pending(left)));
      }
      if (isJson()) {
        output().json(json -> writeAll(json, operations, version));
      } else {
        operations.read(logged -> output().line(OperationText.line(logged)));
      }
    }
    return ExitCode.OK;
  }

  /** Hands over the operations to print. */
  private interface Source {
    void read(Consumer<LoggedOperation> printer);
  }

  private static NodeId node(String text) {
    return text.equals("root") ? NodeId.ROOT : NodeId.fromHex(text.replace("-", ""));
  }

  /** Page by page, so that a slow reader of the output holds no snapshot. */
  private void readChildren(
      Document document, NodeId node, long version, Consumer<LoggedOperation> printer) {
    if (after >= version) {
      return;
    }
    Position from = Position.afterVersion(after);
    long left = limit;
    while (from != null && left > 0) {
      OperationsPage page;
      try (TreeSnapshot tree = document.snapshot(ReadMode.AS_IS)) {
        page = tree.operationsFor(node, from, (int) Math.min(PAGE, left));
      }
      page.operations().forEach(printer);
      left -= page.operations().size();
      from = page.next();
    }
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

  private void writeAll(JsonGenerator json, Source operations, long version) throws IOException {
    json.writeStartObject();
    json.writeStringField("document", source.document().value());
    json.writeNumberField("version", version);
    json.writeArrayFieldStart("operations");
    try {
      operations.read(logged -> write(json, logged));
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

package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import dev.tidemark.cli.output.CommandFailure;
import dev.tidemark.cli.output.Console;
import dev.tidemark.cli.output.ExitCode;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeSnapshot;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidemark tree}. */
@Command(
    name = "tree",
    description = {
      "Print the visible tree of a document, indented.",
      "",
      "A node is shown by its order key where that reads as a name, else by the end of its id, and"
          + " by the size of its payload; --text shows what is in it. The tree is printed while it"
          + " is read, so it may be of any size."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tidemark tree --store sqlite:notes.db --document notes",
      "  tidemark tree --store sqlite:notes.db --document notes --depth 2 --ids",
      "  tidemark tree --store sqlite:notes.db --document notes --text",
      "  tidemark tree --store sqlite:notes.db --document notes"
          + " --from 01890a5dac96774bbcceb302099a8057"
    })
final class TreeCommand extends Subcommand {
  private static final int TEXT_LENGTH = 60;
  private static final int SHORT_ID_START = 24;

  @Mixin private DocumentOptions source = new DocumentOptions();

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "2147483647",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Print so many levels (default: all).")
  private int depth = Integer.MAX_VALUE;

  @Option(
      names = "--from",
      paramLabel = "NODE",
      description = "Print what is below this node, 32 hexadecimal digits (default: the root).")
  private @Nullable String from;

  @Option(names = "--ids", description = "Print the ids of nodes, too.")
  private boolean ids;

  @Option(names = "--text", description = "Print the beginning of small payloads that are text.")
  private boolean text;

  TreeCommand(Console console) {
    super(console);
  }

  @Override
  ExitCode run() {
    Numbers.requireNotNegative("--depth", depth);
    NodeId top = from == null ? NodeId.ROOT : NodeId.fromHex(from.replace("-", ""));
    try (Tidemark store = Stores.openToRead(source.store());
        TreeSnapshot tree = Stores.require(store, source.document()).snapshot(ReadMode.AS_IS)) {
      tree.frontier().ifPresent(frontier -> note(pending(frontier)));
      if (!top.isRoot() && tree.node(top).isEmpty()) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "no visible node " + top,
            "Run tidemark tree with --ids to see the nodes");
      }
      try (Stream<TreeEntry> entries = tree.walk(top)) {
        Iterator<TreeEntry> shown = entries.filter(entry -> entry.depth() <= depth).iterator();
        if (isJson()) {
          output().json(json -> writeAll(json, tree.version(), shown));
        } else {
          shown.forEachRemaining(entry -> output().line(line(entry)));
        }
      }
    }
    return ExitCode.OK;
  }

  static String pending(ReplayFrontier frontier) {
    return "this is the tree without the last "
        + Text.count(frontier.pending(), "operation")
        + ", which are not in it yet; tidemark catch-up brings them in";
  }

  private String line(TreeEntry entry) {
    TreeNode node = entry.node();
    StringBuilder line = new StringBuilder("  ".repeat(entry.depth() - 1));
    line.append(name(node));
    node.payload()
        .ifPresent(payload -> line.append("  (").append(Text.size(payload.size())).append(')'));
    if (ids) {
      line.append("  ").append(node.id());
    }
    if (text) {
      node.payload()
          .filter(Payload::isInline)
          .flatMap(payload -> Text.asText(payload.toByteArray()))
          .ifPresent(content -> line.append("  ").append(beginning(content)));
    }
    return line.toString();
  }

  /** Keys that a library made up are no names, even where their one byte is a letter. */
  private static String name(TreeNode node) {
    return Text.asText(node.orderKey().toByteArray())
        .filter(key -> key.codePoints().filter(Character::isLetterOrDigit).limit(2).count() == 2)
        // The end, since the beginning is the time, which neighbours have in common.
        .orElseGet(() -> "…" + node.id().toHex().substring(SHORT_ID_START));
  }

  private static String beginning(String content) {
    return content.length() <= TEXT_LENGTH ? content : content.substring(0, TEXT_LENGTH) + "…";
  }

  private void writeAll(JsonGenerator json, long version, Iterator<TreeEntry> entries)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("document", source.document().value());
    json.writeNumberField("version", version);
    json.writeArrayFieldStart("nodes");
    while (entries.hasNext()) {
      TreeEntry entry = entries.next();
      json.writeStartObject();
      json.writeNumberField("depth", entry.depth());
      json.writeStringField("node", entry.node().id().toHex());
      json.writeStringField("parent", entry.node().parent().toHex());
      JsonBytes.write(json, "orderKey", entry.node().orderKey().toByteArray());
      JsonBytes.write(json, entry.node().content());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}

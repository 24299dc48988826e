package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.cli.output.Text;
import dev.tidemark.core.TreeSnapshot;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a net change is shown.
 *
 * @param kind what happened
 * @param node the node
 * @param oldParent where a moved node stood
 * @param parent where it stands, unless it is gone or stands where it stood
 * @param orderKey its place there
 * @param payload its payload, where it is new
 */
record ChangeText(
    String kind,
    NodeId node,
    @Nullable NodeId oldParent,
    @Nullable NodeId parent,
    @Nullable OrderKey orderKey,
    Optional<Payload> payload) {

  static ChangeText of(Change change, TreeSnapshot tree) {
    NodeId node = change.node();
    if (change instanceof Change.Inserted inserted) {
      return new ChangeText(
          "inserted", node, null, inserted.parent(), inserted.orderKey(), payload(node, tree));
    }
    if (change instanceof Change.Restored restored) {
      return new ChangeText(
          "restored", node, null, restored.parent(), restored.orderKey(), payload(node, tree));
    }
    if (change instanceof Change.Moved moved) {
      return new ChangeText(
          "moved", node, moved.oldParent(), moved.parent(), moved.orderKey(), Optional.empty());
    }
    return change instanceof Change.Deleted
        ? new ChangeText("deleted", node, null, null, null, Optional.empty())
        : new ChangeText("payload", node, null, null, null, payload(node, tree));
  }

  private static Optional<Payload> payload(NodeId node, TreeSnapshot tree) {
    return node.isRoot() ? tree.rootPayload() : tree.node(node).flatMap(found -> found.payload());
  }

  String line(long version) {
    StringBuilder line = new StringBuilder("%-8d %-8s ".formatted(version, kind));
    line.append(name(node));
    if (parent != null && orderKey != null) {
      line.append(OperationText.place(parent, orderKey));
    }
    if (oldParent != null && !oldParent.equals(parent)) {
      line.append(", was under ").append(name(oldParent));
    }
    payload.ifPresent(content -> line.append(" with ").append(Text.size(content.size())));
    return kind.equals("payload") && payload.isEmpty()
        ? line.append(" cleared").toString()
        : line.toString();
  }

  private static String name(NodeId node) {
    return node.isRoot() ? "the root" : node.toString();
  }

  void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", kind);
    json.writeStringField("node", node.toHex());
    if (oldParent != null) {
      json.writeStringField("oldParent", oldParent.toHex());
    }
    if (parent != null && orderKey != null) {
      json.writeStringField("parent", parent.toHex());
      JsonBytes.write(json, "orderKey", orderKey.toByteArray());
    }
    if (!kind.equals("moved") && !kind.equals("deleted")) {
      JsonBytes.write(json, payload.orElse(null));
    }
    json.writeEndObject();
  }
}

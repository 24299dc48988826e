package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.cli.output.Text;
import java.io.IOException;

/** How an operation of the log is shown. */
final class OperationText {
  private OperationText() {}

  static String line(LoggedOperation logged) {
    return "%-8s %-7s %s%s  %s"
        .formatted(
            logged.position(),
            kind(logged.operation()),
            logged.operation().node(),
            details(logged.operation()),
            logged.operation().key());
  }

  static String kind(Operation operation) {
    if (operation instanceof Operation.Insert) {
      return "insert";
    }
    if (operation instanceof Operation.Move) {
      return "move";
    }
    return operation instanceof Operation.Delete ? "delete" : "payload";
  }

  static void write(JsonGenerator json, LoggedOperation logged) throws IOException {
    Operation operation = logged.operation();
    json.writeStartObject();
    json.writeNumberField("version", logged.position().version());
    json.writeNumberField("sequence", logged.position().sequence());
    json.writeStringField("kind", kind(operation));
    json.writeStringField("replica", operation.id().replica().toHex());
    json.writeNumberField("counter", operation.id().counter());
    json.writeNumberField("lamport", operation.lamport());
    json.writeStringField("node", operation.node().toHex());
    if (operation instanceof Operation.Structural structural) {
      json.writeStringField("parent", structural.parent().toHex());
      JsonBytes.write(json, "orderKey", structural.orderKey().toByteArray());
    }
    if (operation instanceof Operation.PayloadCarrying write) {
      JsonBytes.write(json, write.payload());
    }
    if (operation instanceof Operation.Delete delete) {
      json.writeNumberField("knownOperations", count(delete.known()));
    }
    json.writeEndObject();
  }

  static String place(NodeId parent, OrderKey orderKey) {
    return " under %s at %s"
        .formatted(parent.isRoot() ? "the root" : parent, Text.printable(orderKey.toByteArray()));
  }

  private static String details(Operation operation) {
    StringBuilder text = new StringBuilder();
    if (operation instanceof Operation.Structural structural) {
      text.append(place(structural.parent(), structural.orderKey()));
    }
    if (operation instanceof Operation.PayloadCarrying write) {
      Payload payload = write.payload();
      if (payload != null) {
        text.append(" with ").append(Text.size(payload.size()));
      } else if (operation instanceof Operation.SetPayload) {
        text.append(" cleared");
      }
    }
    if (operation instanceof Operation.Delete delete) {
      text.append(" knowing ").append(Text.count(count(delete.known()), "operation"));
    }
    return text.toString();
  }

  private static long count(KnownOperations known) {
    return known.ranges().values().stream()
        .flatMap(java.util.List::stream)
        .mapToLong(range -> range.to() - range.from() + 1)
        .sum();
  }
}

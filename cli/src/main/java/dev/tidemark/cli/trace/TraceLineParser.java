package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one operation: the fields of its line in any order, each of them once. */
final class TraceLineParser {
  private static final int REPLICA_BYTES = 16;

  private final JsonParser json;
  private final TraceFormat format;
  private final Set<String> seen = new LinkedHashSet<>();

  private long transaction;
  private long counter;
  private long lamport;
  private String kind = "";
  private @Nullable ReplicaId replica;
  private @Nullable NodeId node;
  private @Nullable NodeId parent;
  private @Nullable OrderKey orderKey;
  private @Nullable Payload payload;
  private KnownOperations known = KnownOperations.NONE;

  private TraceLineParser(JsonParser json, TraceFormat format) {
    this.json = json;
    this.format = format;
  }

  /** Reads the object that the parser stands at, to its end. */
  static TraceLine parse(JsonParser json, TraceFormat format) throws IOException {
    TraceLineParser line = new TraceLineParser(json, format);
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!line.seen.add(name)) {
        throw new TraceProblem("field " + name + " stands twice");
      }
      json.nextToken();
      line.readField(name);
    }
    return new TraceLine(line.required("tx", line.transaction), line.toOperation());
  }

  private void readField(String name) throws IOException {
    switch (name) {
      case "tx" -> transaction = JsonValues.integer(json, name, 0, Limits.MAX_COUNT);
      case "r" -> replica = ReplicaId.of(readReplica(name));
      case "c" -> counter = JsonValues.integer(json, name, 1, Limits.MAX_COUNT);
      case "l" -> lamport = JsonValues.integer(json, name, 1, Limits.MAX_COUNT);
      case "k" -> kind = JsonValues.string(json, name);
      case "n" -> node = NodeId.of(JsonValues.hex(json, name, NodeId.BYTES));
      case "p" -> parent = NodeId.of(JsonValues.hex(json, name, NodeId.BYTES));
      case "o" -> orderKey = OrderKey.of(JsonValues.hex(json, name));
      case "b" -> payload = readPayload();
      case "known" -> known = KnownField.read(json);
      default -> throw new TraceProblem("field " + name + " is unknown");
    }
  }

  private byte[] readReplica(String name) throws IOException {
    return format == TraceFormat.TREE_TRACE_1
        ? JsonValues.hex(json, name, REPLICA_BYTES)
        : JsonValues.hex(json, name);
  }

  private @Nullable Payload readPayload() throws IOException {
    boolean isCleared =
        format == TraceFormat.TREE_TRACE_2 && json.currentToken() == JsonToken.VALUE_NULL;
    return isCleared ? null : PayloadField.read(json, format);
  }

  private Operation toOperation() {
    required("k", kind);
    OperationId id = new OperationId(required("r", replica), required("c", counter));
    required("l", lamport);
    NodeId target = required("n", node);
    return switch (kind) {
      case "insert" -> {
        refuse("known");
        if (seen.contains("b") && payload == null) {
          throw new TraceProblem("field b of an insert cannot be null; leave it out");
        }
        yield new Operation.Insert(
            id, lamport, target, required("p", parent), required("o", orderKey), payload);
      }
      case "move" -> {
        refuse("b", "known");
        yield new Operation.Move(
            id, lamport, target, required("p", parent), required("o", orderKey));
      }
      case "payload" -> {
        refuse("p", "o", "known");
        requireSeen("b");
        yield new Operation.SetPayload(id, lamport, target, payload);
      }
      case "delete" -> {
        refuse("p", "o", "b");
        yield new Operation.Delete(id, lamport, target, required("known", known));
      }
      default ->
          throw new TraceProblem(
              "field k is "
                  + JsonValues.abbreviate(kind)
                  + ", must be insert, move, payload or delete");
    };
  }

  private <T> T required(String name, @Nullable T value) {
    requireSeen(name);
    if (value == null) {
      throw new IllegalStateException(name + " was read to nothing");
    }
    return value;
  }

  private void requireSeen(String name) {
    if (!seen.contains(name)) {
      throw new TraceProblem("field " + name + " is missing");
    }
  }

  private void refuse(String... names) {
    for (String name : names) {
      if (seen.contains(name)) {
        throw new TraceProblem("field " + name + " does not belong to k " + kind);
      }
    }
  }
}

package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a log as a trace of format {@link TraceFormat#TREE_TRACE_2}. Payloads are copied from
 * their streams to the output; none is ever whole in memory. Not safe for use by several threads.
 */
public final class TraceWriter implements AutoCloseable {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;
  private final Function<OperationId, InputStream> payloads;

  /**
   * Starts a trace with its header.
   *
   * @param output where to write; closed with the writer
   * @param source where the history comes from
   * @param operations how many operations will follow
   * @param payloads opens the bytes of payloads that are not inline
   * @throws IOException if the output fails
   */
  public TraceWriter(
      OutputStream output,
      String source,
      long operations,
      Function<OperationId, InputStream> payloads)
      throws IOException {
    this.payloads = payloads;
    json = JSON.createGenerator(output, JsonEncoding.UTF8);
    // What was broken off by an error must not look like a whole line.
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    json.setRootValueSeparator(new SerializedString("\n"));
    json.writeStartObject();
    json.writeStringField("format", TraceFormat.TREE_TRACE_2.label());
    json.writeStringField("source", source);
    json.writeNumberField("ops", operations);
    json.writeEndObject();
  }

  /**
   * Writes one operation.
   *
   * @param transaction its transaction, dense from 0
   * @param operation the operation
   * @throws IOException if the output fails
   */
  public void write(long transaction, Operation operation) throws IOException {
    json.writeStartObject();
    json.writeNumberField("tx", transaction);
    json.writeStringField("r", operation.id().replica().toHex());
    json.writeNumberField("c", operation.id().counter());
    json.writeNumberField("l", operation.lamport());
    json.writeStringField("k", kind(operation));
    json.writeStringField("n", operation.node().toHex());
    if (operation instanceof Operation.Structural structural) {
      json.writeStringField("p", structural.parent().toHex());
      json.writeStringField("o", structural.orderKey().toHex());
    }
    if (operation instanceof Operation.PayloadCarrying write) {
      writePayload(operation, write.payload());
    }
    if (operation instanceof Operation.Delete delete) {
      writeKnown(delete.known());
    }
    json.writeEndObject();
  }

  private static String kind(Operation operation) {
    if (operation instanceof Operation.Insert) {
      return "insert";
    }
    if (operation instanceof Operation.Move) {
      return "move";
    }
    return operation instanceof Operation.Delete ? "delete" : "payload";
  }

  private void writePayload(Operation operation, @Nullable Payload payload) throws IOException {
    if (payload == null) {
      if (operation instanceof Operation.SetPayload) {
        json.writeNullField("b");
      }
      return;
    }
    json.writeObjectFieldStart("b");
    // Before the bytes, so that a reader can take them in without holding them twice.
    json.writeNumberField("size", payload.size());
    json.writeFieldName("base64");
    if (payload.isInline()) {
      json.writeBinary(payload.toByteArray());
    } else {
      try (InputStream content = payloads.apply(operation.id())) {
        json.writeBinary(Base64Variants.MIME_NO_LINEFEEDS, content, -1);
      }
    }
    json.writeEndObject();
  }

  private void writeKnown(KnownOperations known) throws IOException {
    json.writeArrayFieldStart("known");
    for (Map.Entry<ReplicaId, List<KnownOperations.CounterRange>> entry :
        known.ranges().entrySet()) {
      for (KnownOperations.CounterRange range : entry.getValue()) {
        json.writeStartArray();
        json.writeString(entry.getKey().toHex());
        json.writeNumber(range.from());
        json.writeNumber(range.to());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  @Override
  public void close() throws IOException {
    json.writeRaw('\n');
    json.close();
  }
}

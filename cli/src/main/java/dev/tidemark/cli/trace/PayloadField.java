package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.api.Payload;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the field {@code b}: a payload by seed and size, or with its bytes in Base64. */
final class PayloadField {
  /** The most that one array holds; larger payloads cannot travel in a trace. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private @Nullable String seed;
  private @Nullable Long size;
  private byte @Nullable [] content;

  private PayloadField() {}

  /** Reads the object that the parser stands at. */
  static Payload read(JsonParser json, TraceFormat format) throws IOException {
    JsonValues.expect(json, "b", JsonToken.START_OBJECT, "an object");
    PayloadField field = new PayloadField();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      field.readPart(json, name, format);
    }
    return field.toPayload();
  }

  private void readPart(JsonParser json, String name, TraceFormat format) throws IOException {
    if (name.equals("size") && size == null) {
      size = JsonValues.integer(json, "b.size", 0, MOST_BYTES);
    } else if (name.equals("seed") && seed == null) {
      seed = JsonValues.string(json, "b.seed");
      if (!GeneratedPayload.isSeed(seed)) {
        throw new TraceProblem("field b.seed is not hexadecimal: " + JsonValues.abbreviate(seed));
      }
    } else if (name.equals("base64") && content == null && format == TraceFormat.TREE_TRACE_2) {
      content = readBase64(json);
    } else {
      throw new TraceProblem("field b." + name + " is unknown in this format, or stands twice");
    }
  }

  private byte[] readBase64(JsonParser json) throws IOException {
    JsonValues.expect(json, "b.base64", JsonToken.VALUE_STRING, "a string");
    PayloadBytes bytes =
        size == null ? PayloadBytes.ofUnknownSize() : PayloadBytes.ofSize(size.intValue());
    try {
      json.readBinaryValue(bytes);
    } catch (IllegalArgumentException e) {
      throw new TraceProblem("field b.base64 is not Base64: " + e.getMessage());
    } catch (ArithmeticException e) {
      throw new TraceProblem("field b.base64 has more than " + MOST_BYTES + " bytes");
    }
    return bytes.take();
  }

  private Payload toPayload() {
    if ((seed == null) == (content == null)) {
      throw new TraceProblem("field b needs either a seed or base64");
    }
    if (seed != null) {
      if (size == null) {
        throw new TraceProblem("field b.size is missing");
      }
      return Payload.wrap(GeneratedPayload.of(seed, size.intValue()));
    }
    byte[] bytes = content == null ? new byte[0] : content;
    if (size != null && size != bytes.length) {
      throw new TraceProblem(
          "field b.size is " + size + ", but b.base64 has " + bytes.length + " bytes");
    }
    return Payload.wrap(bytes);
  }
}

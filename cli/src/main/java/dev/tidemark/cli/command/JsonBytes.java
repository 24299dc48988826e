package dev.tidemark.cli.command;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.api.Payload;
import dev.tidemark.cli.output.Text;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How byte strings and payloads stand in JSON results. */
final class JsonBytes {
  private JsonBytes() {}

  /** Bytes in hexadecimal, and beside them as text where they are printable. */
  static void write(JsonGenerator json, String name, byte[] bytes) throws IOException {
    json.writeStringField(name, HexFormat.of().formatHex(bytes));
    Optional<String> text = Text.asText(bytes);
    if (text.isPresent()) {
      json.writeStringField(name + "Text", text.get());
    }
  }

  /** A payload by size and digest; null where there is none. */
  static void write(JsonGenerator json, @Nullable Payload payload) throws IOException {
    if (payload == null) {
      json.writeNullField("payload");
    } else {
      json.writeObjectFieldStart("payload");
      json.writeNumberField("size", payload.size());
      json.writeStringField("sha256", payload.digest().toHex());
      json.writeEndObject();
    }
  }
}

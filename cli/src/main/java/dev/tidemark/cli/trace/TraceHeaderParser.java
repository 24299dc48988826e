package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidemark.api.Limits;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the header of a trace. */
final class TraceHeaderParser {
  static final String NO_HEADER = "the first line is not a header of a trace: ";

  private TraceHeaderParser() {}

  /** Reads the object that the parser stands at, to its end. */
  static TraceHeader parse(JsonParser json) throws IOException {
    @Nullable TraceFormat format = null;
    @Nullable String source = null;
    @Nullable Long operations = null;
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!seen.add(name)) {
        throw new TraceProblem("field " + name + " stands twice");
      }
      json.nextToken();
      switch (name) {
        case "format" -> format = known(JsonValues.string(json, name));
        case "source" -> source = JsonValues.string(json, name);
        case "ops" -> operations = JsonValues.integer(json, name, 0, Limits.MAX_COUNT);
        case "commits", "replicas" -> JsonValues.integer(json, name, 0, Limits.MAX_COUNT);
        default -> throw new TraceProblem(NO_HEADER + "field " + name + " is unknown");
      }
    }
    if (format == null) {
      throw new TraceProblem(NO_HEADER + "field format is missing");
    }
    return new TraceHeader(format, source, operations);
  }

  private static TraceFormat known(String label) {
    return TraceFormat.ofLabel(label)
        .orElseThrow(
            () ->
                new TraceProblem(
                    "the format is "
                        + JsonValues.abbreviate(label)
                        + ", this version reads "
                        + TraceFormat.allLabels()));
  }
}

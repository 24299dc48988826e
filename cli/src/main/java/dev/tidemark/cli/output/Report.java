package dev.tidemark.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a command as a JSON object: names in their order, with plain values. */
public final class Report {
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  /** Starts an empty report. */
  public Report() {}

  /**
   * Adds a value.
   *
   * @param name its name
   * @param value a number, text, truth value, report, list of these, or null
   * @return this
   */
  public Report with(String name, @Nullable Object value) {
    values.put(name, value);
    return this;
  }

  /**
   * Writes the object.
   *
   * @param json where to
   * @throws IOException if the output fails
   */
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Report report) {
      report.writeTo(json);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value.toString());
    }
  }
}

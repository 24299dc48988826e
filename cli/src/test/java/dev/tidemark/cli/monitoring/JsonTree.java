package dev.tidemark.cli.monitoring;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON value that is walked by names. */
record JsonTree(@Nullable Object value) {
  static JsonTree parse(String text) {
    try (JsonParser json = new JsonFactory().createParser(text)) {
      json.nextToken();
      return new JsonTree(read(json));
    } catch (IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }

  private static @Nullable Object read(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String name = json.currentName();
          json.nextToken();
          object.put(name, read(json));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(read(json));
        }
        yield list;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }

  /** The member of an object; a tree without a value where there is none. */
  JsonTree get(String name) {
    return new JsonTree(value instanceof Map<?, ?> object ? object.get(name) : null);
  }

  List<JsonTree> list() {
    List<JsonTree> list = new ArrayList<>();
    if (value instanceof List<?> elements) {
      elements.forEach(element -> list.add(new JsonTree(element)));
    }
    return list;
  }

  Map<String, String> strings() {
    Map<String, String> strings = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> object) {
      object.forEach((name, text) -> strings.put(String.valueOf(name), String.valueOf(text)));
    }
    return strings;
  }

  String text() {
    return value == null ? "" : value.toString();
  }

  double number() {
    return value instanceof Number number ? number.doubleValue() : Double.parseDouble(text());
  }

  boolean isTrue() {
    return Boolean.TRUE.equals(value);
  }
}

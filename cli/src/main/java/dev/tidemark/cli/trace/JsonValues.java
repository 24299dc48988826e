package dev.tidemark.cli.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import java.io.IOException;
import java.util.HexFormat;

/** Typed reading of the values in a trace line; each refusal names the field. */
final class JsonValues {
  private JsonValues() {}

  static String string(JsonParser json, String field) throws IOException {
    expect(json, field, JsonToken.VALUE_STRING, "a string");
    return json.getText();
  }

  static byte[] hex(JsonParser json, String field) throws IOException {
    String text = string(json, field);
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw new TraceProblem("field " + field + " is not hexadecimal: " + abbreviate(text));
    }
  }

  static byte[] hex(JsonParser json, String field, int length) throws IOException {
    byte[] bytes = hex(json, field);
    if (bytes.length != length) {
      throw new TraceProblem(
          "field " + field + " has " + bytes.length + " bytes, must have " + length);
    }
    return bytes;
  }

  static long integer(JsonParser json, String field, long least, long most) throws IOException {
    expect(json, field, JsonToken.VALUE_NUMBER_INT, "a whole number");
    try {
      long value = json.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    } catch (InputCoercionException e) {
      // Beyond 64 bits: out of every range.
    }
    throw new TraceProblem(
        "field "
            + field
            + " is "
            + abbreviate(json.getText())
            + ", must be "
            + least
            + ".."
            + most);
  }

  static void expect(JsonParser json, String field, JsonToken token, String what)
      throws IOException {
    if (json.currentToken() != token) {
      throw new TraceProblem("field " + field + " must be " + what);
    }
  }

  static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}

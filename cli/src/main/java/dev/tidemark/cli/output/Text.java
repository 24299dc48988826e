package dev.tidemark.cli.output;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** How numbers, sizes, times and bytes are shown to people. */
public final class Text {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Text() {}

  /**
   * Shows a number with its thousands apart.
   *
   * @param number the number
   * @return for example 4,792
   */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /**
   * Shows a number of things.
   *
   * @param number how many
   * @param thing what, in the singular, with a regular plural
   * @return for example "1 chunk" or "2 chunks"
   */
  public static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  /**
   * Shows a number of bytes.
   *
   * @param bytes how many
   * @return for example 1.5 MiB
   */
  public static String size(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /**
   * Shows a duration.
   *
   * @param nanos nanoseconds
   * @return for example 0.42 ms or 12.3 s
   */
  public static String duration(long nanos) {
    double millis = nanos / 1e6;
    return millis < 1000
        ? String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }

  /**
   * Shows how many things a second were done.
   *
   * @param things how many
   * @param nanos in what time
   * @return things per second
   */
  public static long perSecond(long things, long nanos) {
    return nanos == 0 ? 0 : Math.round(things * 1e9 / nanos);
  }

  /**
   * Shows bytes as text where they are printable UTF-8, else in hexadecimal.
   *
   * @param bytes the bytes
   * @return the text, or 0x and two digits a byte
   */
  public static String printable(byte[] bytes) {
    return asText(bytes).orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes));
  }

  /**
   * Reads bytes as text.
   *
   * @param bytes the bytes
   * @return the text, if they are UTF-8 without control characters and not empty
   */
  public static Optional<String> asText(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean isPrintable = !text.isEmpty() && text.codePoints().allMatch(Text::isPrintable);
      return isPrintable ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}

package dev.tidemark.api;

import java.util.HexFormat;

/** What the values that wrap a byte string have in common. */
final class ByteStrings {
  private static final HexFormat HEX = HexFormat.of();

  private ByteStrings() {}

  /** Copies the bytes, so that no caller can change a value that was checked. */
  static byte[] checkedCopy(String what, byte[] bytes, int least, int most) {
    if (bytes.length < least || bytes.length > most) {
      throw Invalid.argument(what, bytes.length + " bytes, must be " + least + ".." + most);
    }
    return bytes.clone();
  }

  static byte[] parseHex(String what, String hex) {
    try {
      return HEX.parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw Invalid.argument(what, "not hexadecimal: " + hex);
    }
  }

  static String toHex(byte[] bytes) {
    return HEX.formatHex(bytes);
  }
}

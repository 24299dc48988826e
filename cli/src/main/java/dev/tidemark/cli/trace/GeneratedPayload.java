package dev.tidemark.cli.trace;

import dev.tidemark.api.PayloadDigest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Payload bytes made from a seed: the lower-case hexadecimal SHA-256 digests of {@code seed:0},
 * {@code seed:1}, …, one after the other, cut to the wanted size.
 */
final class GeneratedPayload {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private GeneratedPayload() {}

  static byte[] of(String seed, int size) {
    byte[] content = new byte[size];
    byte[] prefix = (seed + ":").getBytes(StandardCharsets.US_ASCII);
    MessageDigest sha256 = PayloadDigest.newMessageDigest();
    int written = 0;
    for (int index = 0; written < size; index++) {
      sha256.update(prefix);
      sha256.update(Integer.toString(index).getBytes(StandardCharsets.US_ASCII));
      written = writeHex(sha256.digest(), content, written);
    }
    return content;
  }

  static boolean isSeed(String text) {
    return !text.isEmpty() && text.chars().allMatch(HexFormat::isHexDigit);
  }

  private static int writeHex(byte[] digest, byte[] content, int start) {
    int end = Math.min(content.length, start + 2 * digest.length);
    for (int at = start; at < end; at++) {
      int value = digest[(at - start) / 2];
      boolean isHighDigit = (at - start) % 2 == 0;
      content[at] = DIGITS[isHighDigit ? (value >> 4) & 0xF : value & 0xF];
    }
    return end;
  }
}

package dev.tidemark.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The SHA-256 digest (FIPS 180-4) of a payload. */
public final class PayloadDigest {
  /** The number of bytes of a digest. */
  public static final int BYTES = 32;

  private final byte[] bytes;

  private PayloadDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the digest that these bytes are; they are copied.
   *
   * @param bytes 32 bytes
   * @return the digest
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if there are not 32
   */
  public static PayloadDigest of(byte[] bytes) {
    return new PayloadDigest(ByteStrings.checkedCopy("digest", bytes, BYTES, BYTES));
  }

  /**
   * Computes the digest of a content.
   *
   * @param content the bytes to digest
   * @return their digest
   */
  public static PayloadDigest ofContent(byte[] content) {
    return new PayloadDigest(newMessageDigest().digest(content));
  }

  /**
   * Returns a fresh SHA-256 computation, for contents that come piece by piece.
   *
   * @return the computation, for one thread
   */
  public static MessageDigest newMessageDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns a copy of the bytes.
   *
   * @return 32 bytes
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Returns the bytes as 64 lower-case hexadecimal digits.
   *
   * @return the digits
   */
  public String toHex() {
    return ByteStrings.toHex(bytes);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PayloadDigest other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}

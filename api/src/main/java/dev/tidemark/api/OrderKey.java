package dev.tidemark.api;

import java.util.Arrays;

/**
 * Where a node stands among its siblings: 0 to {@value Limits#MAX_ORDER_KEY_BYTES} bytes, compared
 * as unsigned bytes, a prefix before its extensions. Siblings with equal keys are ordered by node
 * id.
 */
public final class OrderKey implements Comparable<OrderKey> {
  /** The key of no bytes, which stands before every other. */
  public static final OrderKey EMPTY = new OrderKey(new byte[0]);

  private final byte[] bytes;

  private OrderKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the key of these bytes, which are copied.
   *
   * @param bytes 0 to {@value Limits#MAX_ORDER_KEY_BYTES} bytes
   * @return the key
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if there are too many
   */
  public static OrderKey of(byte[] bytes) {
    return bytes.length == 0
        ? EMPTY
        : new OrderKey(ByteStrings.checkedCopy("order key", bytes, 0, Limits.MAX_ORDER_KEY_BYTES));
  }

  /**
   * Returns the key that {@link #toHex} wrote.
   *
   * @param hex an even number of hexadecimal digits
   * @return the key
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is no such text
   */
  public static OrderKey fromHex(String hex) {
    return of(ByteStrings.parseHex("order key", hex));
  }

  /**
   * Returns a copy of the bytes.
   *
   * @return the bytes
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Returns the number of bytes.
   *
   * @return 0 to {@value Limits#MAX_ORDER_KEY_BYTES}
   */
  public int length() {
    return bytes.length;
  }

  /**
   * Returns the bytes as lower-case hexadecimal digits.
   *
   * @return two digits a byte
   */
  public String toHex() {
    return ByteStrings.toHex(bytes);
  }

  @Override
  public int compareTo(OrderKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof OrderKey other && Arrays.equals(bytes, other.bytes);
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

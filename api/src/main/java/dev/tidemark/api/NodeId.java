package dev.tidemark.api;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A node of a document: 128 bits, compared as unsigned numbers, which is the order of its 16 bytes.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record NodeId(long high, long low) implements Comparable<NodeId> {
  /** The number of bytes of a node id. */
  public static final int BYTES = 16;

  /** The root of every document: all bits zero. It is never placed, deleted or inserted. */
  public static final NodeId ROOT = new NodeId(0, 0);

  /**
   * Returns a new id that sorts after those made before in this process, as UUID version 7 does
   * (RFC 9562, section 5.7, with the counter of section 6.2, method 1). Ids that ascend with time
   * keep the indexes that hold them dense.
   *
   * @return the id
   */
  public static NodeId timeOrdered() {
    return TimeOrderedNodeIds.next();
  }

  /**
   * Returns the id of these bytes.
   *
   * @param bytes 16 bytes, the most significant first
   * @return the id
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if there are not 16
   */
  public static NodeId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw Invalid.argument("node", bytes.length + " bytes, must be " + BYTES);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new NodeId(buffer.getLong(), buffer.getLong());
  }

  /**
   * Returns the id that {@link #toHex} wrote.
   *
   * @param hex 32 hexadecimal digits
   * @return the id
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is no such text
   */
  public static NodeId fromHex(String hex) {
    return of(ByteStrings.parseHex("node", hex));
  }

  /**
   * Tells whether this is {@link #ROOT}.
   *
   * @return true for the root
   */
  public boolean isRoot() {
    return high == 0 && low == 0;
  }

  /**
   * Returns the 16 bytes, the most significant first.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /**
   * Returns the bytes as 32 lower-case hexadecimal digits.
   *
   * @return the digits
   */
  public String toHex() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  @Override
  public int compareTo(NodeId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }

  @Override
  public String toString() {
    return toHex();
  }
}

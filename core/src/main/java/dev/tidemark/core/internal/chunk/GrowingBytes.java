package dev.tidemark.core.internal.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that are written one after the other, with the number forms of the chunk format. */
final class GrowingBytes {
  private static final int FIRST_CAPACITY = 32 * 1024;

  /** Most bodies are full, so few steps to there: each copies what was written so far. */
  private static final int GROWTH = 8;

  private static final byte[] NOTHING = {};

  private final int expectedMost;
  private byte[] bytes;
  private int size;

  /**
   * Grows in large steps up to what is expected, so that large chunks are not allocated twice over.
   */
  GrowingBytes(int expectedMost) {
    this.expectedMost = expectedMost;
    this.bytes = new byte[Math.min(expectedMost, FIRST_CAPACITY)];
  }

  /**
   * Begins behind some room, in an array that was used before if there is one; {@link #recycle}
   * ends its use.
   */
  static GrowingBytes ofSpare(int expectedMost, int room) {
    byte[] spare = SpareArrays.take();
    GrowingBytes bytes =
        spare == null ? new GrowingBytes(expectedMost) : new GrowingBytes(expectedMost, spare);
    bytes.skip(room);
    return bytes;
  }

  private GrowingBytes(int expectedMost, byte[] bytes) {
    this.expectedMost = expectedMost;
    this.bytes = bytes;
  }

  /** Gives the array away; what was written is lost. */
  void recycle() {
    SpareArrays.give(bytes);
    bytes = NOTHING;
    size = 0;
  }

  int size() {
    return size;
  }

  /** The bytes themselves; those from {@link #size} on mean nothing. */
  byte[] array() {
    return bytes;
  }

  void truncate(int length) {
    size = length;
  }

  void writeByte(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void write(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void write(ByteBuffer more) {
    int length = more.remaining();
    reserve(length);
    more.get(bytes, size, length);
    size += length;
  }

  /** Leaves room to be filled later, and returns where it starts. */
  int skip(int length) {
    reserve(length);
    int start = size;
    size += length;
    return start;
  }

  void writeLong(long value) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      writeByte((int) (value >>> shift));
    }
  }

  void writeInt(int value) {
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      writeByte(value >>> shift);
    }
  }

  /** An unsigned LEB128 number. */
  void writeNumber(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    writeByte((int) rest);
  }

  /** A signed number, zig-zag coded so that small ones of either sign are short. */
  void writeDifference(long value) {
    writeNumber(value << 1 ^ value >> (Long.SIZE - 1));
  }

  void writeBytes(byte[] value) {
    writeNumber(value.length);
    write(value);
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      int needed = Math.addExact(size, more);
      long grown = Math.max(FIRST_CAPACITY, (long) GROWTH * bytes.length);
      int wanted = (int) Math.min(grown, expectedMost);
      bytes = Arrays.copyOf(bytes, Math.max(needed, wanted));
    }
  }
}

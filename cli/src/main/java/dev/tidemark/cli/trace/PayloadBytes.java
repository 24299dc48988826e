package dev.tidemark.cli.trace;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects the decoded bytes of one payload. With the size known ahead it never holds them twice,
 * which matters because one payload can be most of a trace.
 */
final class PayloadBytes extends OutputStream {
  private static final int UNKNOWN_SIZE_START = 8 * 1024;

  private byte[] bytes;
  private int count;

  private PayloadBytes(int capacity) {
    bytes = new byte[capacity];
  }

  static PayloadBytes ofSize(int size) {
    return new PayloadBytes(size);
  }

  static PayloadBytes ofUnknownSize() {
    return new PayloadBytes(UNKNOWN_SIZE_START);
  }

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    if (length > bytes.length - count) {
      int wanted = Math.addExact(count, length);
      bytes =
          Arrays.copyOf(bytes, (int) Math.min(Math.max(2L * count, wanted), Integer.MAX_VALUE - 8));
    }
    System.arraycopy(source, offset, bytes, count, length);
    count += length;
  }

  /** Gives the bytes away; nothing may be written afterwards. */
  byte[] take() {
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }
}

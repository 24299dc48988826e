package dev.tidemark.conformance.kit.limits;

import java.io.InputStream;
import java.util.Objects;

/** As many bytes as asked for, made while they are read: all values, and not compressible. */
final class GeneratedContent extends InputStream {
  private final long size;
  private long position;
  private long state = 0x9E3779B97F4A7C15L;

  GeneratedContent(long size) {
    this.size = size;
  }

  @Override
  public int read() {
    if (position == size) {
      return -1;
    }
    if (position % Long.BYTES == 0) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    long shift = Long.BYTES * (position++ % Long.BYTES);
    return (int) (state >>> shift) & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int count = (int) Math.min(length, size - position);
    for (int i = 0; i < count; i++) {
      bytes[offset + i] = (byte) read();
    }
    return count == 0 && length > 0 ? -1 : count;
  }
}

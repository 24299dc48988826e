package dev.tidemark.core.internal.payload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;

/**
 * A payload as a stream, read by ranges. Between two reads no transaction is open. The content of
 * an operation never changes, so ranges read at different times fit together.
 *
 * <p>Errors of the store are thrown as they are, not wrapped in an {@link IOException}. Not safe
 * for use by several threads.
 */
public final class StoredPayloadInputStream extends InputStream {
  private static final byte[] NOTHING = {};

  private final PayloadRanges ranges;
  private final long size;

  private byte[] buffer = NOTHING;
  private int next;

  /** The place of the first byte behind the buffer. */
  private long place;

  private boolean isClosed;

  /**
   * Streams a payload.
   *
   * @param ranges reads it
   * @param size the number of its bytes
   */
  public StoredPayloadInputStream(PayloadRanges ranges, long size) {
    this.ranges = ranges;
    this.size = size;
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.length - next);
    System.arraycopy(buffer, next, target, offset, count);
    next += count;
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    requireOpen();
    int buffered = buffer.length - next;
    if (count <= buffered) {
      next += (int) Math.max(0, count);
      return Math.max(0, count);
    }
    long beyond = Math.min(count - buffered, size - place);
    buffer = NOTHING;
    next = 0;
    place += beyond;
    return buffered + beyond;
  }

  @Override
  public int available() throws IOException {
    requireOpen();
    return buffer.length - next;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long transferred = 0;
    while (fill()) {
      int count = buffer.length - next;
      out.write(buffer, next, count);
      next += count;
      transferred += count;
    }
    return transferred;
  }

  @Override
  public void close() {
    isClosed = true;
    buffer = NOTHING;
    next = 0;
  }

  private boolean fill() throws IOException {
    requireOpen();
    if (next < buffer.length) {
      return true;
    }
    if (place == size) {
      return false;
    }
    // Up to a multiple, so that reads after a skip hold whole pieces again.
    long boundary = (place / PayloadLayout.READ_BYTES + 1) * PayloadLayout.READ_BYTES;
    int length = (int) (Math.min(boundary, size) - place);
    buffer = ranges.read(place, length);
    next = 0;
    place += length;
    return true;
  }

  private void requireOpen() throws IOException {
    if (isClosed) {
      throw new IOException("the stream is closed");
    }
  }
}

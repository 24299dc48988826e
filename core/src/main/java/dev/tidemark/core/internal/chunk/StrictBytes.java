package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads what {@link GrowingBytes} wrote, from bytes that nobody vouches for: whatever does not fit
 * is {@link ErrorCode#CHUNK_MALFORMED}, and no length is believed before the bytes are seen.
 */
final class StrictBytes {
  private static final int MOST_NUMBER_BYTES = 9;

  private final byte[] bytes;
  private final int end;
  private int next;

  StrictBytes(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.next = start;
    this.end = end;
  }

  static TidemarkException malformed(String problem) {
    return TidemarkException.of(ErrorCode.CHUNK_MALFORMED).with(Detail.PROBLEM, problem).build();
  }

  int position() {
    return next;
  }

  int remaining() {
    return end - next;
  }

  int readByte() {
    require(1);
    return bytes[next++] & 0xFF;
  }

  byte[] read(int length) {
    require(length);
    byte[] copy = Arrays.copyOfRange(bytes, next, next + length);
    next += length;
    return copy;
  }

  /** A view of bytes that are not copied. */
  ByteBuffer view(int length) {
    require(length);
    ByteBuffer view = ByteBuffer.wrap(bytes, next, length).slice().asReadOnlyBuffer();
    next += length;
    return view;
  }

  long readLong() {
    require(Long.BYTES);
    long value = ByteBuffer.wrap(bytes).getLong(next);
    next += Long.BYTES;
    return value;
  }

  /** A number from 0 to the largest long, in its shortest form. */
  long readNumber() {
    long number = 0;
    for (int i = 0; i < MOST_NUMBER_BYTES; i++) {
      int read = readByte();
      number |= (long) (read & 0x7F) << (7 * i);
      if ((read & 0x80) == 0) {
        if (read == 0 && i > 0) {
          throw malformed("a number is not in its shortest form");
        }
        return number;
      }
    }
    throw malformed("a number is too long");
  }

  int readNumber(String what, int most) {
    long number = readNumber();
    if (number > most) {
      throw malformed(what + " " + number + ", at most " + most);
    }
    return (int) number;
  }

  long readDifference() {
    long number = readNumber();
    return number >>> 1 ^ -(number & 1);
  }

  byte[] readBytes(String what, int most) {
    return read(readNumber("length of " + what, most));
  }

  void requireEnd() {
    if (remaining() != 0) {
      throw malformed(remaining() + " bytes too many");
    }
  }

  private void require(int length) {
    if (remaining() < length) {
      throw malformed("cut short");
    }
  }
}

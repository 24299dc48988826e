package dev.tidemark.spi.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Numbers from 0 on in 7 bits a byte, the least significant first (unsigned LEB128). */
public final class Varints {
  private Varints() {}

  /**
   * Writes a number.
   *
   * @param out where to
   * @param number from 0 on
   * @throws IllegalArgumentException if it is negative
   */
  public static void write(ByteArrayOutputStream out, long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a negative number: " + number);
    }
    long rest = number;
    while (rest > 0x7F) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /**
   * Reads a number.
   *
   * @param in where from; stands behind the number afterwards
   * @return from 0 on
   * @throws DamagedBytesException if none is there
   */
  public static long read(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += 7) {
      if (!in.hasRemaining()) {
        throw DamagedBytesException.of("a number without an end");
      }
      byte next = in.get();
      number |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw DamagedBytesException.of("a number of more than 63 bits");
  }

  /**
   * Reads bytes whose number is known.
   *
   * @param in where from; stands behind them afterwards
   * @param length how many
   * @return the bytes
   * @throws DamagedBytesException if there are fewer
   */
  public static byte[] readBytes(ByteBuffer in, long length) {
    if (length > in.remaining()) {
      throw DamagedBytesException.of(length + " bytes announced, " + in.remaining() + " there");
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }
}

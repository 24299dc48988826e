package dev.tidemark.core.internal.payload;

/**
 * Reads ranges of one stored payload, each in a unit of work of its own, so that nothing stays open
 * while an application is slow.
 */
@FunctionalInterface
public interface PayloadRanges {
  /**
   * Reads a range.
   *
   * @param offset the first byte
   * @param length how many, from 1
   * @return exactly these bytes
   */
  byte[] read(long offset, int length);
}

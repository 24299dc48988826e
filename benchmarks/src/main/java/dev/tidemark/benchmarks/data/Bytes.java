package dev.tidemark.benchmarks.data;

/** Bytes that look random, so no compressor gains anything, and are the same at every run. */
public final class Bytes {
  private long state;

  /**
   * Starts a row of bytes.
   *
   * @param seed which row
   */
  public Bytes(long seed) {
    state = mix(seed);
  }

  /**
   * Mixes the bits of a number.
   *
   * @param number the number
   * @return another one, of which each bit depends on all
   */
  public static long mix(long number) {
    long mixed = number + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /**
   * Returns the next number.
   *
   * @return any number
   */
  public long nextLong() {
    state += 0x9E3779B97F4A7C15L;
    return mix(state);
  }

  /**
   * Returns the next number below a bound.
   *
   * @param bound from 1
   * @return from 0
   */
  public long below(long bound) {
    return Math.floorMod(nextLong(), bound);
  }

  /**
   * Returns the next bytes.
   *
   * @param count how many
   * @return a new array
   */
  public byte[] next(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; ) {
      long random = nextLong();
      for (int end = Math.min(count, i + 8); i < end; i++) {
        bytes[i] = (byte) random;
        random >>>= 8;
      }
    }
    return bytes;
  }
}

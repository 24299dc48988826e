package dev.tidemark.api;

import java.security.SecureRandom;

/**
 * Makes node ids in the layout of UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, the
 * version, a 12-bit counter, the variant, 62 random bits.
 */
final class TimeOrderedNodeIds {
  private static final int COUNTER_BITS = 12;
  private static final long VERSION = 0x7L << COUNTER_BITS;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private static final long RANDOM_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Milliseconds and counter of the id made last, as one number that only grows. */
  private static long last;

  private TimeOrderedNodeIds() {}

  static NodeId next() {
    long tick = nextTick(System.currentTimeMillis());
    long high = ((tick >>> COUNTER_BITS) << 16) | VERSION | (tick & ((1L << COUNTER_BITS) - 1));
    return new NodeId(high, VARIANT | (RANDOM.nextLong() & RANDOM_MASK));
  }

  /** Counts on from the last tick when the clock stands still or goes back. */
  private static synchronized long nextTick(long millis) {
    last = Math.max(last + 1, millis << COUNTER_BITS);
    return last;
  }
}

package dev.tidemark.core.internal.tree;

import dev.tidemark.api.Limits;
import dev.tidemark.api.OrderKey;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds order keys between others.
 *
 * <p>A key is read as a row of {@link KeyInteger}s, one a level. Where the bounds leave room on a
 * level, the new key takes a number a small step away from the bound that stays the same when the
 * same place is used again; where they do not, it opens a level below the lower bound, which has
 * room without end on both sides. So keys grow with the logarithm of the number of insertions at
 * one place, and by a byte in five or six where insertions alternate between both sides of the
 * last.
 *
 * <p>Keys never end in a zero byte: nothing would fit between such a key and the one without it.
 */
public final class OrderKeys {
  /** Steps are this and up to {@link #STEP_SPREAD} - 1 more. */
  private static final int LEAST_STEP = 8;

  private static final int STEP_SPREAD = 32;
  private static final int START_SPREAD = 64;

  private OrderKeys() {}

  /**
   * Returns a key strictly between two others.
   *
   * @param lower the key before; null for none
   * @param upper the key behind; null for none
   * @param salt varies the result among the keys that would do, so that replicas that insert at the
   *     same place at the same time rarely choose equal ones
   * @return the key, which does not end in a zero byte; empty when there is none of at most {@value
   *     Limits#MAX_ORDER_KEY_BYTES} bytes, as where the upper one is the lower one and zero bytes,
   *     or where they are not in order
   */
  public static Optional<OrderKey> between(
      @Nullable OrderKey lower, @Nullable OrderKey upper, long salt) {
    byte[] low = lower == null ? new byte[0] : lower.toByteArray();
    byte[] high = upper == null ? null : upper.toByteArray();
    // With no bound below, even the empty key would do; but then nothing could stand before it.
    if (high != null && Arrays.compareUnsigned(low, high) >= 0) {
      return Optional.empty();
    }
    byte[] key = find(low, high, mix(salt));
    if (key == null || key.length > Limits.MAX_ORDER_KEY_BYTES) {
      return Optional.empty();
    }
    return Optional.of(OrderKey.of(key));
  }

  private static byte @Nullable [] find(byte[] low, byte @Nullable [] high, int variation) {
    int place = 0;
    // While both bounds have the same numbers.
    while (high != null) {
      if (place >= high.length) {
        // The upper bound is the lower one and zero bytes.
        return null;
      }
      KeyInteger above = KeyInteger.at(high, place);
      if (place >= low.length) {
        byte[] key = below(high, place, above.rank(), variation);
        if (key != null) {
          return key;
        }
        // The smallest number of all: only a key that starts with it can be below.
        place += above.length();
        continue;
      }
      KeyInteger beneath = KeyInteger.at(low, place);
      if (beneath.rank() < above.rank()) {
        byte[] key = amid(low, place, beneath.rank(), above.rank(), variation);
        return key != null ? key : above(low, place + beneath.length(), variation);
      }
      place += above.length();
    }
    return above(low, place, variation);
  }

  /** A key that has the lower bound's numbers up to a place, and then is above it. */
  private static byte[] above(byte[] low, int place, int variation) {
    int at = place;
    while (at < low.length) {
      KeyInteger beneath = KeyInteger.at(low, at);
      long room = KeyInteger.MAX_RANK - beneath.rank();
      if (room >= LEAST_STEP + STEP_SPREAD) {
        return join(low, at, withoutZero(beneath.rank() + step(variation)));
      }
      at += beneath.length();
    }
    return join(low, at, start(variation));
  }

  /** A key that has the upper bound's bytes up to a place, where the lower one ends. */
  private static byte @Nullable [] below(byte[] high, int place, long above, int variation) {
    long step = step(variation) + 1L;
    if (above >= step) {
      return join(high, place, withoutZero(above - step));
    }
    if (above == 0) {
      return null;
    }
    byte[] prefix = join(high, place, above - 1);
    return join(prefix, prefix.length, start(variation));
  }

  /** A key with a number between those of both bounds, if there is one. */
  private static byte @Nullable [] amid(
      byte[] low, int place, long beneath, long above, int variation) {
    long gap = above - beneath;
    if (gap < 2) {
      return null;
    }
    long rank;
    if (gap > 2L * (LEAST_STEP + STEP_SPREAD)) {
      rank = beneath + step(variation);
    } else {
      // In the middle half, so that either side keeps room.
      long least = Math.max(1, gap / 4);
      long choices = gap - 2 * least + 1;
      rank = beneath + least + Math.floorMod((long) variation, choices);
    }
    rank = withoutZero(rank);
    return rank < above ? join(low, place, rank) : null;
  }

  /** The next number at or after one whose last byte is not zero. */
  private static long withoutZero(long rank) {
    byte[] bytes = KeyInteger.encode(rank);
    return bytes[bytes.length - 1] == 0 ? rank + 1 : rank;
  }

  private static int step(int variation) {
    return LEAST_STEP + Math.floorMod(variation, STEP_SPREAD);
  }

  /** The first number on a new level. */
  private static long start(int variation) {
    return KeyInteger.MIDDLE_RANK - START_SPREAD / 2 + Math.floorMod(variation, START_SPREAD);
  }

  /** The bytes before a place, zeros where there are too few, and a number. */
  private static byte[] join(byte[] prefix, int place, long rank) {
    byte[] number = KeyInteger.encode(rank);
    byte[] key = Arrays.copyOf(prefix, place + number.length);
    System.arraycopy(number, 0, key, place, number.length);
    return key;
  }

  /** Spreads a salt whose bits may be alike, such as the bits of time-ordered ids. */
  private static int mix(long salt) {
    long mixed = (salt ^ (salt >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return (int) (mixed ^ (mixed >>> 33)) & Integer.MAX_VALUE;
  }
}

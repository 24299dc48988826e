package dev.tidemark.core.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Limits;
import dev.tidemark.api.OrderKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys between arbitrary bounds exist, are strictly between, and stay short. */
class OrderKeysTest {
  private static final int INSERTIONS = 100_000;

  @Test
  void everyResultIsStrictlyBetweenArbitraryBounds() {
    Random random = new Random(20261121);
    int found = 0;
    for (int i = 0; i < 300_000; i++) {
      OrderKey one = random.nextInt(8) == 0 ? null : randomKey(random);
      OrderKey other = random.nextInt(8) == 0 ? null : near(one, random);
      boolean isAscending = one == null || other == null || one.compareTo(other) < 0;
      @Nullable OrderKey lower = isAscending ? one : other;
      @Nullable OrderKey upper = isAscending ? other : one;
      OrderKey key = OrderKeys.between(lower, upper, random.nextLong()).orElse(null);
      if (key != null) {
        requireBetween(lower, upper, key);
        found++;
      } else {
        assertThat(hasNothingBetween(lower, upper)).as("%s..%s", lower, upper).isTrue();
      }
    }
    assertThat(found).isGreaterThan(200_000);
  }

  /** All bounds of up to three bytes out of those that are special to the encoding. */
  @Test
  void aKeyExistsWhereverOneCan() {
    byte[] special = {0, 1, 0x3F, 0x40, (byte) 0xBF, (byte) 0xC0, (byte) 0xFF};
    OrderKey[] keys =
        java.util.stream.Stream.of(0, 1, 2, 3)
            .flatMap(length -> allKeys(special, length))
            .sorted()
            .toArray(OrderKey[]::new);
    for (int i = 0; i < keys.length; i++) {
      for (int j = i + 1; j < keys.length; j++) {
        OrderKey key = OrderKeys.between(keys[i], keys[j], i).orElse(null);
        if (key != null) {
          requireBetween(keys[i], keys[j], key);
        } else {
          assertThat(hasNothingBetween(keys[i], keys[j])).as(keys[i] + ".." + keys[j]).isTrue();
        }
      }
    }
  }

  @Test
  void nothingFitsBetweenAKeyAndItselfWithAZero() {
    OrderKey key = OrderKey.fromHex("6b");
    assertThat(OrderKeys.between(key, OrderKey.fromHex("6b00"), 1)).isEmpty();
    assertThat(OrderKeys.between(key, key, 1)).isEmpty();
    assertThat(OrderKeys.between(OrderKey.fromHex("6c"), key, 1)).isEmpty();
    assertThat(OrderKeys.between(null, OrderKey.EMPTY, 1)).isEmpty();
  }

  @Test
  void aKeyThatWouldBeTooLongIsNotMade() {
    byte[] longest = new byte[Limits.MAX_ORDER_KEY_BYTES];
    Arrays.fill(longest, (byte) 'k');
    OrderKey lower = OrderKey.of(longest);
    longest[longest.length - 1]++;
    assertThat(OrderKeys.between(lower, OrderKey.of(longest), 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, -, 6",
        "chapter 1, chapter 2, 15",
        "1, 2, 9",
        "a, b, 8",
        "a, a.b, 8",
        "z, -, 8",
        "-, 0, 8",
        "main.c, main.cc, 14"
      })
  void insertionsAtOnePlaceGrowByTheLogarithm(
      @Nullable String before, @Nullable String behind, int most) {
    OrderKey lower = before == null ? null : key(before);
    OrderKey upper = behind == null ? null : key(behind);
    assertThat(longestTowardsTheEnd(lower, upper)).as("towards the end").isLessThanOrEqualTo(most);
    assertThat(longestTowardsTheStart(lower, upper))
        .as("towards the start")
        .isLessThanOrEqualTo(most);
  }

  @Test
  void insertionsBetweenTheLastTwoGrowSlowly() {
    Random random = new Random(7);
    OrderKey lower = key("a");
    OrderKey upper = key("b");
    int insertions = 2_000;
    for (int i = 0; i < insertions; i++) {
      OrderKey key = OrderKeys.between(lower, upper, random.nextLong()).orElseThrow();
      requireBetween(lower, upper, key);
      if (i % 2 == 0) {
        lower = key;
      } else {
        upper = key;
      }
    }
    assertThat(lower.length()).isLessThanOrEqualTo(insertions / 4);
  }

  /** The growth bounds hold wherever foreign keys put the bounds. */
  @Test
  void insertionsBetweenRandomBoundsStayShort() {
    Random random = new Random(99);
    for (int i = 0; i < 300; i++) {
      OrderKey one = randomKey(random);
      OrderKey other = near(one, random);
      OrderKey lower = one.compareTo(other) < 0 ? one : other;
      OrderKey upper = one.compareTo(other) < 0 ? other : one;
      if (hasNothingBetween(lower, upper)) {
        continue;
      }
      int bounds = Math.max(lower.length(), upper.length());
      OrderKey low = lower;
      OrderKey high = upper;
      for (int k = 0; k < 1_000; k++) {
        low = OrderKeys.between(low, upper, k).orElseThrow();
        high = OrderKeys.between(lower, high, k).orElseThrow();
      }
      // Up to 8 bytes pad a number that a bound cuts short, and 4 count the insertions.
      assertThat(low.length()).as("%s..%s", lower, upper).isLessThanOrEqualTo(bounds + 12);
      assertThat(high.length()).as("%s..%s", lower, upper).isLessThanOrEqualTo(bounds + 12);
    }
  }

  @Test
  void concurrentInsertersRarelyChooseEqualKeys() {
    Set<OrderKey> chosen = new HashSet<>();
    for (int salt = 0; salt < 1_000; salt++) {
      chosen.add(OrderKeys.between(key("a"), null, salt).orElseThrow());
    }
    assertThat(chosen).hasSizeGreaterThanOrEqualTo(30);
  }

  private static int longestTowardsTheEnd(@Nullable OrderKey lower, @Nullable OrderKey upper) {
    OrderKey last = lower;
    int longest = 0;
    for (int i = 0; i < INSERTIONS; i++) {
      OrderKey key = OrderKeys.between(last, upper, i).orElseThrow();
      requireBetween(last, upper, key);
      longest = Math.max(longest, key.length());
      last = key;
    }
    return longest;
  }

  private static int longestTowardsTheStart(@Nullable OrderKey lower, @Nullable OrderKey upper) {
    OrderKey first = upper;
    int longest = 0;
    for (int i = 0; i < INSERTIONS; i++) {
      OrderKey key = OrderKeys.between(lower, first, i).orElseThrow();
      requireBetween(lower, first, key);
      longest = Math.max(longest, key.length());
      first = key;
    }
    return longest;
  }

  private static void requireBetween(
      @Nullable OrderKey lower, @Nullable OrderKey upper, OrderKey key) {
    byte[] bytes = key.toByteArray();
    if ((lower != null && lower.compareTo(key) >= 0)
        || (upper != null && key.compareTo(upper) >= 0)
        || bytes.length == 0
        || bytes[bytes.length - 1] == 0) {
      throw new AssertionError(lower + " < " + key + " < " + upper);
    }
  }

  /** Only keys that end in zero, or none, are between k and k followed by zeros. */
  private static boolean hasNothingBetween(@Nullable OrderKey lower, @Nullable OrderKey upper) {
    if (upper == null) {
      return false;
    }
    byte[] low = lower == null ? new byte[0] : lower.toByteArray();
    return Arrays.equals(Arrays.copyOf(low, upper.length()), upper.toByteArray())
        && low.length <= upper.length();
  }

  private static java.util.stream.Stream<OrderKey> allKeys(byte[] alphabet, int length) {
    int count = (int) Math.pow(alphabet.length, length);
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(
            number -> {
              byte[] bytes = new byte[length];
              int rest = number;
              for (int i = 0; i < length; i++) {
                bytes[i] = alphabet[rest % alphabet.length];
                rest /= alphabet.length;
              }
              return OrderKey.of(bytes);
            });
  }

  private static OrderKey randomKey(Random random) {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(3) == 0) {
        bytes[i] = (byte) (random.nextBoolean() ? 0 : 0xFF);
      }
    }
    return OrderKey.of(bytes);
  }

  /** A key that shares bytes with another, so that both stand close. */
  private static OrderKey near(@Nullable OrderKey key, Random random) {
    OrderKey end = randomKey(random);
    if (key == null) {
      return end;
    }
    byte[] start = key.toByteArray();
    int shared = random.nextInt(start.length + 1);
    byte[] bytes = Arrays.copyOf(start, shared + end.length());
    System.arraycopy(end.toByteArray(), 0, bytes, shared, end.length());
    if (shared > 0 && random.nextBoolean()) {
      bytes[shared - 1]++;
    }
    return OrderKey.of(bytes);
  }

  private static OrderKey key(String text) {
    return OrderKey.of(text.getBytes(StandardCharsets.UTF_8));
  }
}

package dev.tidemark.benchmarks.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Text of words that repeat as those of a language do: few often, many seldom. */
final class Prose {
  private static final List<String> PARTS =
      List.of(
          "ka", "to", "ri", "me", "sa", "lun", "der", "vi", "no", "pe", "gra", "schi", "an", "bel",
          "om");
  private static final int WORDS = 2_000;

  private Prose() {}

  static byte[] next(Bytes random, int count) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(count + 16);
    while (text.size() < count) {
      // The product of two is small more often than large, as the ranks of words are.
      long rank = random.below(WORDS) * random.below(WORDS) / WORDS;
      text.writeBytes(word(rank).getBytes(StandardCharsets.UTF_8));
    }
    return Arrays.copyOf(text.toByteArray(), count);
  }

  private static String word(long rank) {
    Bytes letters = new Bytes(rank);
    StringBuilder word = new StringBuilder();
    for (long part = letters.below(3); part >= 0; part--) {
      word.append(PARTS.get((int) letters.below(PARTS.size())));
    }
    return word.append(' ').toString();
  }
}

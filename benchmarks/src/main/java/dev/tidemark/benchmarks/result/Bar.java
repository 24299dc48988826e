package dev.tidemark.benchmarks.result;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param kind on which side of the limit it has to be
 * @param limit the limit, which itself will do
 */
public record Bar(Kind kind, double limit) {
  /** A side of a limit. */
  public enum Kind {
    /** The limit or more. */
    AT_LEAST,
    /** The limit or less. */
    AT_MOST
  }

  /**
   * Asks for a value or more.
   *
   * @param limit the value
   * @return the bar
   */
  public static Bar atLeast(double limit) {
    return new Bar(Kind.AT_LEAST, limit);
  }

  /**
   * Asks for a value or less.
   *
   * @param limit the value
   * @return the bar
   */
  public static Bar atMost(double limit) {
    return new Bar(Kind.AT_MOST, limit);
  }

  boolean isMetBy(double value) {
    return kind == Kind.AT_LEAST ? value >= limit : value <= limit;
  }

  @Override
  public String toString() {
    String number =
        limit == Math.rint(limit) && limit >= 10
            ? String.format(Locale.ROOT, "%,d", (long) limit)
            : String.format(Locale.ROOT, "%.2f", limit);
    return (kind == Kind.AT_LEAST ? ">= " : "<= ") + number;
  }
}

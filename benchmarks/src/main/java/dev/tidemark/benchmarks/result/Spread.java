package dev.tidemark.benchmarks.result;

import java.util.Arrays;

/**
 * What several rounds measured.
 *
 * @param median the middle one, the figure to quote
 * @param low the lowest
 * @param high the highest
 * @param rounds how many there were
 */
public record Spread(double median, double low, double high, int rounds) {
  /**
   * Sums up the values of rounds.
   *
   * @param values one for each round, at least one
   * @return the spread
   */
  public static Spread of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }
}

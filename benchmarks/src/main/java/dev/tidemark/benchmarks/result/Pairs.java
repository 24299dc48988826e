package dev.tidemark.benchmarks.result;

/**
 * What rounds in turn took, with the library and with the baseline.
 *
 * @param ours seconds with the library, by round
 * @param baseline seconds of the baseline right behind it, by round
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Pairs(double[] ours, double[] baseline) {
  /**
   * Compares round by round, so that a machine whose speed drifts does not matter.
   *
   * @return how many times as long the library took
   */
  public double[] timesAsLong() {
    double[] ratios = new double[ours.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = ours[i] / baseline[i];
    }
    return ratios;
  }

  /**
   * Compares round by round.
   *
   * @return the library's speed as a part of the baseline's
   */
  public double[] speed() {
    double[] ratios = timesAsLong();
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = 1 / ratios[i];
    }
    return ratios;
  }
}

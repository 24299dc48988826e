package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.result.Pairs;

/** What was measured in several places, kinds and rounds. */
final class Grid {
  private final double[][][] ours;
  private final double[][][] medians;
  private final double[][][] raw;

  Grid(int lanes, int kinds, int rounds) {
    ours = new double[lanes][kinds][rounds];
    medians = new double[lanes][kinds][rounds];
    raw = new double[lanes][kinds][rounds];
  }

  /** Rounds below 0 are for warming up. */
  void put(int lane, int kind, int round, Lane.Took our, double their) {
    if (round >= 0) {
      ours[lane][kind][round] = our.mean();
      medians[lane][kind][round] = our.median();
      raw[lane][kind][round] = their;
    }
  }

  Pairs pairs(int lane, int kind) {
    return new Pairs(ours[lane][kind], raw[lane][kind]);
  }

  /** Compares the library in one place with itself in another, by the mean step. */
  Pairs compareMeans(int lane, int kind, int baseLane, int baseKind) {
    return new Pairs(ours[lane][kind], ours[baseLane][baseKind]);
  }

  /** Compares the baseline in one place with itself in another, by the mean step. */
  Pairs compareBaselines(int lane, int kind, int baseLane) {
    return new Pairs(raw[lane][kind], raw[baseLane][kind]);
  }

  /** Compares the library in one place with itself in another, by the middle step. */
  Pairs compareMedians(int lane, int kind, int baseLane, int baseKind) {
    return new Pairs(medians[lane][kind], medians[baseLane][baseKind]);
  }
}

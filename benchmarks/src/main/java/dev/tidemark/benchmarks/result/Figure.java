package dev.tidemark.benchmarks.result;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure.
 *
 * @param name what was measured, within its scenario
 * @param unit the unit of the measured values
 * @param measured what the library reached
 * @param baselineName what it is compared with
 * @param baseline what that reached in the same rounds
 * @param ratio both compared, round by round
 * @param bar what the ratio has to reach, or the measured value where there is no ratio
 * @param verdict whether the median does
 */
public record Figure(
    String name,
    String unit,
    Spread measured,
    @Nullable String baselineName,
    @Nullable Spread baseline,
    @Nullable Spread ratio,
    @Nullable Bar bar,
    Verdict verdict) {

  /**
   * States a value by itself.
   *
   * @param name what it is
   * @param unit its unit
   * @param values its values, by round
   * @param bar what its median has to reach
   * @return the figure
   */
  public static Figure value(String name, String unit, double[] values, @Nullable Bar bar) {
    Spread measured = Spread.of(values);
    return new Figure(name, unit, measured, null, null, null, bar, verdict(bar, measured));
  }

  /**
   * States a rate beside the baseline's; the ratio is that of the speeds.
   *
   * @param name what it is
   * @param unit the unit of the amount by second
   * @param amount what was done in one round
   * @param seconds what it took
   * @param baseline the name of the baseline
   * @param bar what the ratio has to reach
   * @return the figure
   */
  public static Figure rate(
      String name, String unit, double amount, Pairs seconds, String baseline, @Nullable Bar bar) {
    Spread ratio = Spread.of(seconds.speed());
    return new Figure(
        name,
        unit,
        Spread.of(Arrays.stream(seconds.ours()).map(s -> amount / s).toArray()),
        baseline,
        Spread.of(Arrays.stream(seconds.baseline()).map(s -> amount / s).toArray()),
        ratio,
        bar,
        verdict(bar, ratio));
  }

  /**
   * States a duration, or an amount, beside the baseline's; the ratio tells how many times as much
   * the library needed.
   *
   * @param name what it is
   * @param unit the unit
   * @param scale how many units a second has
   * @param seconds what was measured
   * @param baseline the name of the baseline
   * @param bar what the ratio has to reach
   * @return the figure
   */
  public static Figure cost(
      String name, String unit, double scale, Pairs seconds, String baseline, @Nullable Bar bar) {
    Spread ratio = Spread.of(seconds.timesAsLong());
    return new Figure(
        name,
        unit,
        Spread.of(Arrays.stream(seconds.ours()).map(s -> scale * s).toArray()),
        baseline,
        Spread.of(Arrays.stream(seconds.baseline()).map(s -> scale * s).toArray()),
        ratio,
        bar,
        verdict(bar, ratio));
  }

  private static Verdict verdict(@Nullable Bar bar, Spread judged) {
    if (bar == null) {
      return Verdict.STATED;
    }
    return bar.isMetBy(judged.median()) ? Verdict.MET : Verdict.MISSED;
  }
}

package dev.tidemark.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One axis of a picture.
 *
 * @param least the value at its start
 * @param most the value at its end
 * @param isLogarithmic whether equal steps are equal factors
 * @param start where it starts, in the picture's units
 * @param end where it ends
 */
record Scale(double least, double most, boolean isLogarithmic, double start, double end) {
  private static final int TICKS = 5;

  /** Covers all values; a linear one starts at 0, so that lengths can be compared. */
  static Scale of(List<Double> values, boolean isLogarithmic, double start, double end) {
    double most = values.stream().mapToDouble(v -> v).max().orElse(1);
    double least = values.stream().mapToDouble(v -> v).filter(v -> v > 0).min().orElse(most);
    if (!isLogarithmic) {
      double step = step(most);
      return new Scale(0, Math.max(step, Math.ceil(most / step) * step), false, start, end);
    }
    double low = Math.pow(10, Math.floor(Math.log10(least)));
    double high = Math.pow(10, Math.ceil(Math.log10(most)));
    return new Scale(low, high > low ? high : low * 10, true, start, end);
  }

  private static double step(double most) {
    double raw = Math.max(most, 1e-9) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (int factor : new int[] {1, 2, 5}) {
      if (raw <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  double place(double value) {
    double part =
        isLogarithmic
            ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
            : (value - least) / (most - least);
    return start + part * (end - start);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (isLogarithmic) {
      for (double tick = least; tick <= most * 1.001; tick *= 10) {
        ticks.add(tick);
      }
    } else {
      double step = step(most);
      for (int i = 0; i * step <= most * 1.001; i++) {
        ticks.add(i * step);
      }
    }
    return ticks;
  }
}

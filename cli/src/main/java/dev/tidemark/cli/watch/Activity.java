package dev.tidemark.cli.watch;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a timer counted between two looks.
 *
 * @param count how many calls
 * @param buckets calls by upper bound in seconds, ascending, each with those of the bounds below
 */
record Activity(double count, TreeMap<Double, Double> buckets) {
  /** Looks at a timer; the earlier page may be of an earlier run, whose counts were larger. */
  static Activity of(
      MetricsPage before, MetricsPage now, String timer, String label, String value) {
    String name = timer + "_bucket";
    TreeMap<Double, Double> start = buckets(select(before, name, label, value));
    TreeMap<Double, Double> end = buckets(select(now, name, label, value));
    boolean isSameRun =
        end.entrySet().stream()
            .allMatch(bucket -> bucket.getValue() >= start.getOrDefault(bucket.getKey(), 0.0));
    if (isSameRun) {
      end.replaceAll((bound, calls) -> calls - start.getOrDefault(bound, 0.0));
    }
    return new Activity(end.isEmpty() ? 0 : end.lastEntry().getValue(), end);
  }

  private static List<MetricsPage.Sample> select(
      MetricsPage page, String name, String label, String value) {
    return label.isEmpty() ? page.all(name) : page.samples(name, label, value);
  }

  private static TreeMap<Double, Double> buckets(List<MetricsPage.Sample> samples) {
    TreeMap<Double, Double> sums = new TreeMap<>();
    for (MetricsPage.Sample sample : samples) {
      String bound = sample.labels().getOrDefault("le", "");
      double upper = bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
      sums.merge(upper, sample.value(), Double::sum);
    }
    return sums;
  }

  /** How long a share of the calls took at most, in seconds, as Prometheus estimates it. */
  OptionalDouble quantile(double share) {
    if (count == 0) {
      return OptionalDouble.empty();
    }
    double rank = share * count;
    double lower = 0;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
      double upper = bucket.getKey();
      if (bucket.getValue() >= rank) {
        double inside = bucket.getValue() - below;
        return OptionalDouble.of(
            Double.isInfinite(upper) || inside == 0
                ? lower
                : lower + (upper - lower) * (rank - below) / inside);
      }
      lower = upper;
      below = bucket.getValue();
    }
    return OptionalDouble.of(lower);
  }
}

package dev.tidemark.cli.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One answer of a metrics endpoint, in the text format of Prometheus. */
final class MetricsPage {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: .*)?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, List<Sample>> samples = new HashMap<>();

  /** One value, with what it is of. */
  record Sample(Map<String, String> labels, double value) {}

  private MetricsPage() {}

  static MetricsPage parse(String text) {
    MetricsPage page = new MetricsPage();
    text.lines().filter(line -> !line.startsWith("#")).forEach(page::add);
    return page;
  }

  private void add(String line) {
    Matcher sample = SAMPLE.matcher(line);
    if (!sample.matches()) {
      return;
    }
    Map<String, String> labels = new TreeMap<>();
    if (sample.group(2) != null) {
      Matcher label = LABEL.matcher(sample.group(2));
      while (label.find()) {
        labels.put(label.group(1), label.group(2));
      }
    }
    samples
        .computeIfAbsent(sample.group(1), name -> new ArrayList<>())
        .add(new Sample(labels, number(sample.group(3))));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          yield Double.NaN;
        }
      }
    };
  }

  /** All samples of a name with this label value. */
  List<Sample> samples(String name, String label, String value) {
    return all(name).stream().filter(s -> value.equals(s.labels().get(label))).toList();
  }

  List<Sample> all(String name) {
    return samples.getOrDefault(name, List.of());
  }

  /** Whether the page is one of a Tidemark process. */
  boolean isOfTidemark() {
    return samples.containsKey("tidemark_open_stores");
  }

  static double sum(List<Sample> samples) {
    return samples.stream().mapToDouble(Sample::value).sum();
  }

  /** The values by what a label says, added up over all other labels. */
  Map<String, Double> by(String name, String label) {
    Map<String, Double> sums = new TreeMap<>();
    for (Sample sample : all(name)) {
      sums.merge(sample.labels().getOrDefault(label, ""), sample.value(), Double::sum);
    }
    return sums;
  }
}

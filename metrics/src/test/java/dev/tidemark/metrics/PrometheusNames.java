package dev.tidemark.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;

/** The names under which Prometheus finds the metrics. */
final class PrometheusNames {
  private PrometheusNames() {}

  static String of(TidemarkMetric metric) {
    String name = metric.meterName().replace('.', '_');
    String unit = "_" + metric.unit();
    String full = name.endsWith(unit) ? name : name + unit;
    return metric.kind() == TidemarkMetric.Kind.COUNTER ? full + "_total" : full;
  }

  /** All that one store exports, in Prometheus's text format. */
  static String scrape() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MicrometerTelemetry.of(registry, "notes");
    return registry.scrape();
  }

  static Set<String> series() {
    return scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }
}

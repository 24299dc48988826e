package dev.tidemark.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Registers the meters of one store, as {@link TidemarkMetric} describes them. */
final class Meters {
  private final MeterRegistry registry;
  private final String store;
  private final List<Meter> registered = new ArrayList<>();

  Meters(MeterRegistry registry, String store) {
    this.registry = registry;
    this.store = store;
  }

  /** Takes what was registered out of the registry again. */
  void remove() {
    registered.forEach(registry::remove);
  }

  Timer timer(TidemarkMetric metric, String... values) {
    return keep(
        Timer.builder(metric.meterName())
            .description(metric.description())
            .tags(tags(metric, values))
            .serviceLevelObjectives(Buckets.durations())
            .register(registry));
  }

  DistributionSummary summary(TidemarkMetric metric, String... values) {
    return keep(
        DistributionSummary.builder(metric.meterName())
            .description(metric.description())
            .baseUnit(metric.unit())
            .tags(tags(metric, values))
            .serviceLevelObjectives(
                metric.unit().equals("bytes") ? Buckets.bytes() : Buckets.counts())
            .register(registry));
  }

  Counter counter(TidemarkMetric metric, String... values) {
    return keep(
        Counter.builder(metric.meterName())
            .description(metric.description())
            .baseUnit(metric.unit())
            .tags(tags(metric, values))
            .register(registry));
  }

  void gauge(TidemarkMetric metric, Supplier<Number> value) {
    keep(
        Gauge.builder(metric.meterName(), value)
            .description(metric.description())
            .baseUnit(metric.unit())
            .tags(tags(metric))
            .strongReference(true)
            .register(registry));
  }

  void timeGauge(TidemarkMetric metric, Supplier<Number> nanos) {
    keep(
        TimeGauge.builder(metric.meterName(), nanos, TimeUnit.NANOSECONDS)
            .description(metric.description())
            .tags(tags(metric))
            .strongReference(true)
            .register(registry));
  }

  private <T extends Meter> T keep(T meter) {
    registered.add(meter);
    return meter;
  }

  private Tags tags(TidemarkMetric metric, String... values) {
    if (values.length != metric.tags().size()) {
      throw new IllegalArgumentException(metric + " has the tags " + metric.tags());
    }
    Tags tags = Tags.of(TidemarkTag.STORE.key(), store);
    for (int index = 0; index < values.length; index++) {
      tags = tags.and(metric.tags().get(index).key(), values[index]);
    }
    return tags;
  }
}

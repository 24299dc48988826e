package dev.tidemark.metrics;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The meters of catch-ups that took the same path. */
record CatchUpMeters(
    Timer duration,
    DistributionSummary operations,
    DistributionSummary visited,
    DistributionSummary written) {
  static CatchUpMeters of(Meters meters, CatchUpPath path) {
    String value = path.name().toLowerCase(Locale.ROOT);
    return new CatchUpMeters(
        meters.timer(TidemarkMetric.CATCHUP, value),
        meters.summary(TidemarkMetric.CATCHUP_OPERATIONS, value),
        meters.summary(TidemarkMetric.CATCHUP_VISITED, value),
        meters.summary(TidemarkMetric.CATCHUP_WRITTEN, value));
  }

  void record(CatchUp work) {
    duration.record(work.nanos(), TimeUnit.NANOSECONDS);
    operations.record((double) work.operations());
    visited.record((double) work.visited());
    written.record((double) work.rowsWritten());
  }
}

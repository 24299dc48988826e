/**
 * Hands what stores tell of their work to a Micrometer registry: {@link
 * dev.tidemark.metrics.MicrometerTelemetry} does it, {@link dev.tidemark.metrics.TidemarkMetric}
 * lists the names. A Grafana dashboard and rules for Prometheus are resources of this package.
 */
@NullMarked
package dev.tidemark.metrics;

import org.jspecify.annotations.NullMarked;

/** The whole chain from a store to a dashboard and an alert, on a real Prometheus. */
@NullMarked
package dev.tidemark.cli.monitoring;

import org.jspecify.annotations.NullMarked;

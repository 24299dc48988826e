/** Runs scenarios: rounds in turn, warm-up, settings. */
@NullMarked
package dev.tidemark.benchmarks.harness;

import org.jspecify.annotations.NullMarked;

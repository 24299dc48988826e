/** What is measured. */
@NullMarked
package dev.tidemark.benchmarks.scenario;

import org.jspecify.annotations.NullMarked;

/** The documents that scenarios work on; the same at every run. */
@NullMarked
package dev.tidemark.benchmarks.data;

import org.jspecify.annotations.NullMarked;

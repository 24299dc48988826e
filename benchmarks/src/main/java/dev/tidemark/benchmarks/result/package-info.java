/** Figures and what they are made of. */
@NullMarked
package dev.tidemark.benchmarks.result;

import org.jspecify.annotations.NullMarked;

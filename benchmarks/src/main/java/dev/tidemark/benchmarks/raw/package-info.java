/** The least that anybody must pay: plain JDBC on the same rows. */
@NullMarked
package dev.tidemark.benchmarks.raw;

import org.jspecify.annotations.NullMarked;

/** The largest, the smallest and the most of everything. */
@NullMarked
package dev.tidemark.conformance.kit.limits;

import org.jspecify.annotations.NullMarked;

/**
 * The replay frontier: brings the tree up to date with the log (design, section 8). Each class is a
 * step of the algorithm.
 */
@NullMarked
package dev.tidemark.core.internal.catchup;

import org.jspecify.annotations.NullMarked;

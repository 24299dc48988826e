/**
 * Histories of operations in the notation of the design: written in tests, made at random, and
 * printed, smallest first, where an engine and the reference model disagree.
 */
@NullMarked
package dev.tidemark.conformance.history;

import org.jspecify.annotations.NullMarked;

/**
 * The kit proves itself: backends and engines with one named defect each, which must fail with the
 * name of the rule that they break. Defects of backends are wrappers around the in-memory one;
 * those of the engine are one changed place in its source, compiled in memory.
 */
@NullMarked
package dev.tidemark.conformance.mutant;

import org.jspecify.annotations.NullMarked;

/**
 * Watches and disturbs what the engine asks of a backend: every storage call is counted, with the
 * rows that it reads and writes, and any one of them can be made to fail.
 */
@NullMarked
package dev.tidemark.conformance.kit.cost;

import org.jspecify.annotations.NullMarked;

/**
 * What needs real processes: cursors that are resumed elsewhere, payloads larger than the heap,
 * pulls that are killed.
 */
@NullMarked
package dev.tidemark.sqlite.system;

import org.jspecify.annotations.NullMarked;

/**
 * The rows: one class per table with its statements, and how values are laid out in columns.
 *
 * <p>Every bulk statement takes its keys as one JSON array and joins it to the table with CROSS
 * JOIN, which SQLite never reorders: n keys are n seeks whatever the statistics say.
 */
@NullMarked
package dev.tidemark.sqlite.internal.table;

import org.jspecify.annotations.NullMarked;

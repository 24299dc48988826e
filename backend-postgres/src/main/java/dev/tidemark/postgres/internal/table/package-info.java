/**
 * The rows. Each class has the statements of one table; {@link
 * dev.tidemark.postgres.internal.table.Keys} has the form of the keys.
 */
@NullMarked
package dev.tidemark.postgres.internal.table;

import org.jspecify.annotations.NullMarked;

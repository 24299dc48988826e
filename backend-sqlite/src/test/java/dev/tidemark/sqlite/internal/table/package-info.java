/** How SQLite carries out the statements. */
@NullMarked
package dev.tidemark.sqlite.internal.table;

import org.jspecify.annotations.NullMarked;

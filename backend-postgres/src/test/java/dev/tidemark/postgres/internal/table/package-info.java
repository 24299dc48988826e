/** What the statements do to the server. */
@NullMarked
package dev.tidemark.postgres.internal.table;

import org.jspecify.annotations.NullMarked;

/** What SQLite has to do for a reader. */
@NullMarked
package dev.tidemark.sqlite.internal.store;

import org.jspecify.annotations.NullMarked;

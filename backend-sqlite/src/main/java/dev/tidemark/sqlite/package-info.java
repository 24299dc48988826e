/**
 * The SQLite backend: one file per store. {@link dev.tidemark.sqlite.SqliteBackendProvider} has the
 * form of its URIs.
 */
@NullMarked
package dev.tidemark.sqlite;

import org.jspecify.annotations.NullMarked;

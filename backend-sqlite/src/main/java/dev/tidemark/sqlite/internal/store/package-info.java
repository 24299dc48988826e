/**
 * The file: what is there, how it is opened, its schema, its connections, and what SQLite's errors
 * mean.
 *
 * <p>No class opens a database file with Java's own streams or channels. SQLite holds POSIX locks
 * on it, and these all vanish when the process closes any descriptor of the file, whoever opened
 * it; a writer in another process could then remove the write-ahead log that is in use here. Asking
 * for attributes opens no descriptor and is safe.
 */
@NullMarked
package dev.tidemark.sqlite.internal.store;

import org.jspecify.annotations.NullMarked;

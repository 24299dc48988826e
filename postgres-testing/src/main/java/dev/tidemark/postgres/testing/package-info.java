/**
 * Real PostgreSQL servers for tests: {@link dev.tidemark.postgres.testing.TestPostgres} is the one
 * that a JVM shares, {@link dev.tidemark.postgres.testing.EmbeddedPostgres} one of its own that a
 * test may kill.
 */
@NullMarked
package dev.tidemark.postgres.testing;

import org.jspecify.annotations.NullMarked;

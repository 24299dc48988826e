/**
 * The PostgreSQL backend: one schema of a database per store. {@link
 * dev.tidemark.postgres.PostgresBackendProvider} has the form of its URIs.
 */
@NullMarked
package dev.tidemark.postgres;

import org.jspecify.annotations.NullMarked;

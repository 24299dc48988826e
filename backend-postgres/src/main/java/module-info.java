/**
 * Keeps documents in a schema of a PostgreSQL database. Applications need nothing of it but the
 * JAR: the engine finds its provider for URIs such as {@code postgresql://host/database}.
 *
 * @provides dev.tidemark.spi.BackendProvider for the schemes {@code postgresql} and {@code
 *     postgres}
 */
// The driver is no module of its own yet; its manifest fixes the name.
@SuppressWarnings("requires-automatic")
module dev.tidemark.postgres {
  requires com.zaxxer.hikari;
  requires transitive dev.tidemark.api;
  requires dev.tidemark.spi.support;
  requires transitive java.sql;
  requires static org.checkerframework.checker.qual;
  requires static org.jspecify;
  requires org.postgresql.jdbc;

  exports dev.tidemark.postgres;

  provides dev.tidemark.spi.BackendProvider with
      dev.tidemark.postgres.PostgresBackendProvider;
}

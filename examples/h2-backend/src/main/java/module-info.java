/**
 * Keeps documents in an H2 database file.
 *
 * @provides dev.tidemark.spi.BackendProvider for the scheme {@code h2}
 */
module org.example.tidemark.backend {
  requires com.h2database;
  requires transitive dev.tidemark.api;
  requires dev.tidemark.spi.support;
  requires java.sql;
  requires static org.jspecify;

  exports org.example.tidemark.h2;

  provides dev.tidemark.spi.BackendProvider with
      org.example.tidemark.h2.H2BackendProvider;
}

/**
 * Keeps documents in an SQLite file. Applications need nothing of it but the JAR: the engine finds
 * its provider for URIs such as {@code sqlite:notes.db}.
 *
 * @provides dev.tidemark.spi.BackendProvider for the scheme {@code sqlite}
 */
module dev.tidemark.sqlite {
  requires transitive dev.tidemark.api;
  requires dev.tidemark.spi.support;
  requires java.sql;
  requires static org.jspecify;
  requires org.xerial.sqlitejdbc;

  exports dev.tidemark.sqlite;

  provides dev.tidemark.spi.BackendProvider with
      dev.tidemark.sqlite.SqliteBackendProvider;
}

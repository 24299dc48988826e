package dev.tidemark.postgres;

import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.StoreLocation;
import java.sql.SQLException;
import java.util.Objects;

/** What is done to stores beside Tidemark. */
final class TestStores {
  private static final String READER = "tidemark_test_reader";

  /** Roles are those of the whole server, and it may have been there before these tests. */
  private static final String MAKE_READER =
      """
      DO $$ BEGIN
        CREATE ROLE %1$s LOGIN PASSWORD '%1$s';
      EXCEPTION WHEN duplicate_object THEN
        NULL;
      END $$"""
          .formatted(READER);

  private TestStores() {}

  /** Removes a store's schema, if it is there; fails where somebody has left a transaction open. */
  static void drop(String uri) {
    execute("SET lock_timeout = '60s'", "DROP SCHEMA IF EXISTS " + schema(uri) + " CASCADE");
  }

  /** Lets a role of its own read a store, and do nothing else. */
  static String readerOf(String uri) {
    String schema = schema(uri);
    execute(
        MAKE_READER,
        "GRANT USAGE ON SCHEMA " + schema + " TO " + READER,
        "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO " + READER);
    return PostgresAddress.parse(uri).withUser(READER, READER).uri();
  }

  private static String schema(String uri) {
    return '"'
        + Objects.requireNonNull(StoreLocation.parse(uri).parameters().get("schema"), uri)
        + '"';
  }

  private static void execute(String... statements) {
    try {
      TestPostgres.address().execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException("the server refuses: " + e.getMessage(), e);
    }
  }
}

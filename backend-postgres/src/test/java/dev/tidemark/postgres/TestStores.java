package dev.tidemark.postgres;

import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.StoreLocation;
import java.sql.SQLException;

/** What is done to stores beside Tidemark. */
final class TestStores {
  private TestStores() {}

  /** Removes a store's schema, if it is there. */
  static void drop(String uri) {
    String schema = StoreLocation.parse(uri).parameters().get("schema");
    try {
      TestPostgres.address().execute("DROP SCHEMA IF EXISTS \"" + schema + "\" CASCADE");
    } catch (SQLException e) {
      throw new IllegalStateException("the schema " + schema + " cannot be dropped", e);
    }
  }
}

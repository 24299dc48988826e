package dev.tidemark.postgres;

import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.StoreLocation;
import java.sql.SQLException;

/** Makes a store look as if a later release had made it. */
final class LaterRelease {
  private LaterRelease() {}

  static boolean of(String uri) throws SQLException {
    String schema = StoreLocation.parse(uri).parameters().get("schema");
    TestPostgres.address().execute("UPDATE \"" + schema + "\".schema_version SET version = 99");
    return true;
  }
}

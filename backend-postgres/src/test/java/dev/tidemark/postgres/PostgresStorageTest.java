package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;
import java.sql.SQLException;

/** The storage contract on a real server. */
final class PostgresStorageTest extends StorageConformance {
  @Override
  public BackendProvider provider() {
    return new PostgresBackendProvider();
  }

  @Override
  public String newStore() {
    return TestPostgres.newStore();
  }

  @Override
  public boolean raiseSchemaVersion(String uri) throws SQLException {
    return LaterRelease.of(uri);
  }

  @Override
  public void drop(String uri) {
    TestStores.drop(uri);
  }
}

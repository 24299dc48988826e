package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;
import java.sql.SQLException;

/** The storage contract with the statements that engines get that shard. */
final class PostgresPortableTest extends StorageConformance {
  @Override
  public BackendProvider provider() {
    return new PostgresBackendProvider();
  }

  @Override
  public String newStore() {
    return TestPostgres.newStore() + "&statements=portable";
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

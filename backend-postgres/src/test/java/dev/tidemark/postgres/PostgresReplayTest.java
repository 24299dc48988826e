package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.ReplayConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;

/** The engine on a real server. */
final class PostgresReplayTest extends ReplayConformance {
  @Override
  public BackendProvider provider() {
    return new PostgresBackendProvider();
  }

  @Override
  public String newStore() {
    return TestPostgres.newStore();
  }

  @Override
  public void drop(String uri) {
    TestStores.drop(uri);
  }
}

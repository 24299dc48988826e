package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.ChunkConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;

/** The chunk stream from and to a real server. */
final class PostgresChunkTest extends ChunkConformance {
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

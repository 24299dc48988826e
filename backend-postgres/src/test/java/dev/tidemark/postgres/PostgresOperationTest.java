package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.OperationConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;

/** Stores in use by threads and processes, and by a role that may only read. */
final class PostgresOperationTest extends OperationConformance implements CountedPostgres {
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

package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.SmallestConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;

/** One operation in each transaction. Takes too long for each build: part of the slower checks. */
final class PostgresSmallestCheck extends SmallestConformance implements CountedPostgres {
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

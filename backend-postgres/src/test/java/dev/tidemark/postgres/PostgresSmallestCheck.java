package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.SmallestConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import java.util.OptionalLong;

/** One operation in each transaction. Takes too long for each build: part of the slower checks. */
final class PostgresSmallestCheck extends SmallestConformance {
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

  @Override
  public String readerOf(String uri) {
    return TestStores.readerOf(uri);
  }

  @Override
  public Backend open(String uri, OpenMode mode) {
    return CountedStores.open(uri, mode);
  }

  @Override
  public OptionalLong statements() {
    return CountedStores.statements();
  }

  @Override
  public OptionalLong rowsStepped() {
    return CountedStores.rowsStepped();
  }
}

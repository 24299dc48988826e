package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.OperationConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import java.util.OptionalLong;

/** Stores in use by threads and processes, and by a role that may only read. */
final class PostgresOperationTest extends OperationConformance {
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

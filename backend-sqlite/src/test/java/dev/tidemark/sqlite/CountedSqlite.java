package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.sqlite.internal.store.CountedStores;
import java.util.OptionalLong;

/** What the groups of the kit have in common that count, or read without the right to write. */
interface CountedSqlite extends BackendUnderTest {
  CountedStores STORES = new CountedStores();

  @Override
  default Backend open(String uri, OpenMode mode) {
    return STORES.open(uri, mode);
  }

  @Override
  default OptionalLong statements() {
    return STORES.statements();
  }

  @Override
  default OptionalLong rowsStepped() {
    return STORES.rowsStepped();
  }

  @Override
  default String readerOf(String uri) {
    return ReadOnlyCopy.of(uri);
  }
}

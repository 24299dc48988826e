package dev.tidemark.postgres;

import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import java.util.OptionalLong;

/** What the groups of the kit have in common that count, or read as a role of their own. */
interface CountedPostgres extends BackendUnderTest {
  @Override
  default Backend open(String uri, OpenMode mode) {
    return CountedStores.open(uri, mode);
  }

  @Override
  default OptionalLong statements() {
    return CountedStores.statements();
  }

  @Override
  default OptionalLong rowsStepped() {
    return CountedStores.rowsStepped();
  }

  @Override
  default String readerOf(String uri) {
    return TestStores.readerOf(uri);
  }
}

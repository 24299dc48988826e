package dev.tidemark.conformance.kit;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.OpenMode;
import java.util.OptionalLong;
import java.util.Set;

/** What a group of contracts tests when it stands inside of another class. */
interface DelegatingBackendUnderTest extends BackendUnderTest {
  BackendUnderTest target();

  @Override
  default BackendProvider provider() {
    return target().provider();
  }

  @Override
  default String newStore() {
    return target().newStore();
  }

  @Override
  default void drop(String uri) {
    target().drop(uri);
  }

  @Override
  default Backend open(String uri, OpenMode mode) {
    return target().open(uri, mode);
  }

  @Override
  default String readerOf(String uri) {
    return target().readerOf(uri);
  }

  @Override
  default boolean raiseSchemaVersion(String uri) throws Exception {
    return target().raiseSchemaVersion(uri);
  }

  @Override
  default OptionalLong statements() {
    return target().statements();
  }

  @Override
  default OptionalLong rowsStepped() {
    return target().rowsStepped();
  }

  @Override
  default Set<Capability> capabilities() {
    return target().capabilities();
  }

  @Override
  default boolean supports(Capability capability) {
    return target().supports(capability);
  }
}

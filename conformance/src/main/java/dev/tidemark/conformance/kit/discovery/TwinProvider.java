package dev.tidemark.conformance.kit.discovery;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenRequest;
import java.util.Set;

/** A second backend for the schemes of the one under test, which must never open anything. */
public final class TwinProvider implements BackendProvider {
  /** Shared, as whoever looks for services makes a provider of its own. */
  private static volatile Set<String> schemes = Set.of();

  /** For {@link java.util.ServiceLoader}. */
  public TwinProvider() {}

  static void pretend(Set<String> claimed) {
    schemes = claimed;
  }

  @Override
  public String name() {
    return "twin";
  }

  @Override
  public Set<String> schemes() {
    return schemes;
  }

  @Override
  public Backend open(OpenRequest request) {
    throw new UnsupportedOperationException("a twin opens nothing");
  }
}

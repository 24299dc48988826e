package dev.tidemark.conformance.memory;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.spi.BackendProvider;
import java.util.UUID;

final class InMemoryBackendTest extends BackendConformance {
  @Override
  public BackendProvider provider() {
    return new InMemoryBackendProvider();
  }

  @Override
  public String newStore() {
    return "memory:" + UUID.randomUUID();
  }
}

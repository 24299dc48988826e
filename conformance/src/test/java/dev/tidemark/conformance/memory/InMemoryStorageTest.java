package dev.tidemark.conformance.memory;

import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.spi.BackendProvider;
import java.util.UUID;

final class InMemoryStorageTest extends StorageConformance {
  @Override
  public BackendProvider provider() {
    return new InMemoryBackendProvider();
  }

  @Override
  public String newStore() {
    return "memory:" + UUID.randomUUID();
  }
}

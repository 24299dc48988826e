package dev.tidemark.conformance.memory;

import dev.tidemark.conformance.kit.ReplayConformance;
import dev.tidemark.spi.BackendProvider;
import java.util.UUID;

final class InMemoryReplayTest extends ReplayConformance {
  @Override
  public BackendProvider provider() {
    return new InMemoryBackendProvider();
  }

  @Override
  public String newStore() {
    return "memory:" + UUID.randomUUID();
  }
}

package dev.tidemark.conformance.memory;

import dev.tidemark.conformance.kit.ChunkConformance;
import dev.tidemark.spi.BackendProvider;
import java.util.UUID;

final class InMemoryChunkTest extends ChunkConformance {
  @Override
  public BackendProvider provider() {
    return new InMemoryBackendProvider();
  }

  @Override
  public String newStore() {
    return "memory:" + UUID.randomUUID();
  }
}

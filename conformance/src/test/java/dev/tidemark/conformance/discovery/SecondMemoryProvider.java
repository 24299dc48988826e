package dev.tidemark.conformance.discovery;

import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenRequest;
import java.util.Set;

/** Another backend for the scheme of the in-memory one. */
public final class SecondMemoryProvider implements BackendProvider {
  @Override
  public String name() {
    return "second";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("memory", "second");
  }

  @Override
  public Backend open(OpenRequest request) {
    return new InMemoryBackendProvider().open(request);
  }
}

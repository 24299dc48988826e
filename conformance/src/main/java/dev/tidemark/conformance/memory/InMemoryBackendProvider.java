package dev.tidemark.conformance.memory;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Opens stores in memory: {@code memory:name}. All that open one name in this process at the same
 * time share one store; with the last close it is gone, which is what makes {@code DURABLE} and
 * {@code SEVERAL_PROCESSES} unsupported. {@code memory:} without a name is a store of its own at
 * each opening.
 */
public final class InMemoryBackendProvider implements BackendProvider {
  /**
   * The open stores by name. Guarded by itself; shared, as a ServiceLoader makes many providers.
   */
  private static final Map<String, SharedStore> OPEN = new HashMap<>();

  /** Makes a provider. */
  public InMemoryBackendProvider() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("memory");
  }

  @Override
  public Backend open(OpenRequest request) {
    StoreLocation location = request.location();
    if (!location.parameters().isEmpty()) {
      throw TidemarkException.of(ErrorCode.INVALID_STORE_URI)
          .with(Detail.PROBLEM, "unknown parameters " + location.parameters().keySet())
          .with(Detail.REMEDY, "leave them out: a store in memory has none")
          .with(Detail.STORE, location)
          .build();
    }
    boolean isReadOnly = request.mode() == OpenMode.READ;
    if (location.address().isEmpty()) {
      return new InMemoryBackend(new MemoryStore(), isReadOnly, () -> {});
    }
    synchronized (OPEN) {
      SharedStore shared = OPEN.get(location.address());
      if (shared == null) {
        shared = create(request);
        OPEN.put(location.address(), shared);
      }
      shared.users++;
      return new InMemoryBackend(shared.store, isReadOnly, () -> release(location.address()));
    }
  }

  private static SharedStore create(OpenRequest request) {
    if (request.mode() != OpenMode.CREATE) {
      throw TidemarkException.of(ErrorCode.UNSUPPORTED)
          .with(Detail.PROBLEM, "a store in memory ends with its last close")
          .with(Detail.REMEDY, "open it in mode CREATE, and keep it open")
          .with(Detail.STORE, request.location())
          .build();
    }
    return new SharedStore();
  }

  private static void release(String name) {
    synchronized (OPEN) {
      OPEN.computeIfPresent(name, (key, shared) -> --shared.users == 0 ? null : shared);
    }
  }

  private static final class SharedStore {
    final MemoryStore store = new MemoryStore();
    int users;
  }
}

package dev.tidemark.conformance.kit;

import org.junit.jupiter.api.Nested;

/**
 * The whole kit: what the author of a backend extends. Its parts may be extended on their own as
 * well, for instance to run some of them on a store that is not durable, and faster for it.
 *
 * <pre>{@code
 * final class MyBackendTest extends BackendConformance {
 *   public BackendProvider provider() {
 *     return new MyBackendProvider();
 *   }
 *
 *   public String newStore() {
 *     return "mine:" + UUID.randomUUID();
 *   }
 * }
 * }</pre>
 */
public abstract class BackendConformance implements BackendUnderTest {
  /** For subclasses. */
  protected BackendConformance() {}

  @Nested
  final class Storage extends StorageConformance implements DelegatingBackendUnderTest {
    @Override
    public BackendUnderTest target() {
      return BackendConformance.this;
    }
  }

  @Nested
  final class Replay extends ReplayConformance implements DelegatingBackendUnderTest {
    @Override
    public BackendUnderTest target() {
      return BackendConformance.this;
    }
  }

  @Nested
  final class Chunks extends ChunkConformance implements DelegatingBackendUnderTest {
    @Override
    public BackendUnderTest target() {
      return BackendConformance.this;
    }
  }

  @Nested
  final class Operation extends OperationConformance implements DelegatingBackendUnderTest {
    @Override
    public BackendUnderTest target() {
      return BackendConformance.this;
    }
  }

  @Nested
  final class Smallest extends SmallestConformance implements DelegatingBackendUnderTest {
    @Override
    public BackendUnderTest target() {
      return BackendConformance.this;
    }
  }
}

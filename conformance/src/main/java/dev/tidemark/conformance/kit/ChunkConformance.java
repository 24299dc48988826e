package dev.tidemark.conformance.kit;

import dev.tidemark.conformance.kit.chunk.ApplyContract;
import dev.tidemark.conformance.kit.chunk.PullContract;
import dev.tidemark.conformance.kit.chunk.WindowContract;
import org.junit.jupiter.api.Nested;

/** The chunk stream on top of a backend: what the author of a backend extends third. */
public abstract class ChunkConformance implements BackendUnderTest {
  /** For subclasses. */
  protected ChunkConformance() {}

  @Nested
  final class Window extends WindowContract {
    @Override
    protected BackendUnderTest backend() {
      return ChunkConformance.this;
    }
  }

  @Nested
  final class Apply extends ApplyContract {
    @Override
    protected BackendUnderTest backend() {
      return ChunkConformance.this;
    }
  }

  @Nested
  final class Pull extends PullContract {
    @Override
    protected BackendUnderTest backend() {
      return ChunkConformance.this;
    }
  }
}

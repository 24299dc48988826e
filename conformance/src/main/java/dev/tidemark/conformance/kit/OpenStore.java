package dev.tidemark.conformance.kit;

import dev.tidemark.spi.Backend;
import org.jspecify.annotations.Nullable;

/** A store that a test has opened, or none yet. */
record OpenStore(@Nullable Backend backend) {
  static final OpenStore NONE = new OpenStore(null);

  Backend get() {
    if (backend == null) {
      throw new IllegalStateException("the store is opened before each test");
    }
    return backend;
  }

  void close() {
    if (backend != null) {
      backend.close();
    }
  }
}

package org.example.tidemark.h2;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.spi.BackendProvider;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

final class H2BackendTest extends BackendConformance {
  @TempDir private static Path directory;

  @Override
  public BackendProvider provider() {
    return new H2BackendProvider();
  }

  @Override
  public String newStore() {
    return "h2:" + directory.resolve(UUID.randomUUID().toString()) + "?sync=off";
  }
}

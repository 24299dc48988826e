package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.ReplayConformance;
import dev.tidemark.spi.BackendProvider;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The engine on real files, without waiting for the medium. */
final class SqliteReplayTest extends ReplayConformance {
  @TempDir Path directory;
  private final AtomicInteger stores = new AtomicInteger();

  @Override
  public BackendProvider provider() {
    return new SqliteBackendProvider();
  }

  @Override
  public String newStore() {
    return "sqlite:"
        + directory.resolve("store " + stores.incrementAndGet() + ".db")
        + "?synchronous=off";
  }
}

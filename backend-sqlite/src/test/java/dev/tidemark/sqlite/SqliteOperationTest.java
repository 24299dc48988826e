package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.OperationConformance;
import dev.tidemark.spi.BackendProvider;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Real files in use by threads and processes, without waiting for the medium. */
final class SqliteOperationTest extends OperationConformance implements CountedSqlite {
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

package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.SmallestConformance;
import dev.tidemark.spi.BackendProvider;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** One operation in each transaction, without waiting for the medium. */
final class SqliteSmallestTest extends SmallestConformance implements CountedSqlite {
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

package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.OperationConformance;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.sqlite.internal.store.CountedStores;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** Real files in use by threads and processes, without waiting for the medium. */
final class SqliteOperationTest extends OperationConformance {
  @TempDir Path directory;
  private final AtomicInteger stores = new AtomicInteger();
  private final CountedStores counted = new CountedStores();

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

  @Override
  public Backend open(String uri, OpenMode mode) {
    return counted.open(uri, mode);
  }

  @Override
  public OptionalLong statements() {
    return counted.statements();
  }

  @Override
  public OptionalLong rowsStepped() {
    return counted.rowsStepped();
  }

  @Override
  public String readerOf(String uri) {
    return ReadOnlyCopy.of(uri);
  }
}

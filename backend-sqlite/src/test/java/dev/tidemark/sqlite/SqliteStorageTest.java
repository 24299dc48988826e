package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.spi.BackendProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The storage contract on real files. */
final class SqliteStorageTest extends StorageConformance {
  @TempDir Path directory;
  private final AtomicInteger stores = new AtomicInteger();

  @Override
  public BackendProvider provider() {
    return new SqliteBackendProvider();
  }

  @Override
  public String newStore() {
    return "sqlite:" + directory.resolve("store " + stores.incrementAndGet() + ".db");
  }

  @Override
  public boolean raiseSchemaVersion(String uri) throws SQLException {
    Stores.execute(Path.of(uri.substring("sqlite:".length())), "PRAGMA user_version=99");
    return true;
  }
}

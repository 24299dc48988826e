package dev.tidemark.sqlite;

import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.spi.BackendProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The storage contract on real files. */
final class SqliteStorageTest extends StorageConformance {
  @TempDir Path directory;
  private int stores;

  @Override
  public BackendProvider provider() {
    return new SqliteBackendProvider();
  }

  @Override
  public String newStore() {
    stores++;
    return "sqlite:" + directory.resolve("store " + stores + ".db");
  }
}

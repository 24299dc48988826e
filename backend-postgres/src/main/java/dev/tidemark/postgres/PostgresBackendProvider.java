package dev.tidemark.postgres;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.util.Set;

/** Opens schemas of PostgreSQL databases. */
public final class PostgresBackendProvider implements BackendProvider {
  /** Makes the provider, which has no state. */
  public PostgresBackendProvider() {}

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public Backend open(OpenRequest request) {
    throw new UnsupportedOperationException("to be written");
  }

  @Override
  public StoreSchema schema(StoreLocation location) {
    throw new UnsupportedOperationException("to be written");
  }
}

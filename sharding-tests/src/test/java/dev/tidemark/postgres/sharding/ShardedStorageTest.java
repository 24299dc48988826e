package dev.tidemark.postgres.sharding;

import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.spi.BackendProvider;

/** The kit over three servers. */
final class ShardedStorageTest extends StorageConformance {
  @Override
  public BackendProvider provider() {
    return ShardedStores.shared().provider();
  }

  @Override
  public String newStore() {
    return ShardedStores.shared().newStore();
  }

  @Override
  public void drop(String uri) {
    ShardedStores.shared().drop(uri);
  }
}

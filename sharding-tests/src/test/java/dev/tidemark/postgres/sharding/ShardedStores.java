package dev.tidemark.postgres.sharding;

import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Stores for the kit: schemas that were made on each server before the source was, which reads once
 * what there is. A store "comes into being" when its turn comes, and is emptied when it is dropped.
 */
final class ShardedStores {
  private static final int STORES = 8;
  private static final int CONNECTIONS = 40;
  private static final String PARAMETERS = "&statements=portable&notify=off";

  private final ShardedServers servers = new ShardedServers();
  private final Deque<String> free = new ArrayDeque<>();
  private final Set<String> made = Collections.synchronizedSet(new HashSet<>());
  private final DataSource source;

  private ShardedStores() {
    try {
      for (int i = 1; i <= STORES; i++) {
        servers.makeSchema("store_" + i);
        free.add("store_" + i);
      }
      source = servers.source(CONNECTIONS);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
  }

  private static final class Shared {
    private static final ShardedStores STORES = new ShardedStores();
  }

  static ShardedStores shared() {
    return Shared.STORES;
  }

  synchronized String newStore() {
    return "postgresql://sharded/tidemark?schema=" + free.remove() + PARAMETERS;
  }

  synchronized void drop(String uri) {
    String schema = schemaOf(StoreLocation.parse(uri));
    made.remove(schema);
    try {
      for (int i = 0; i < ShardedServers.SERVERS; i++) {
        PostgresAddress address = servers.server(i).address();
        // Few rows each: quicker than TRUNCATE, which makes new files.
        address.execute(
            ShardedServers.TABLES.stream()
                .map(table -> "DELETE FROM " + schema + "." + table)
                .collect(Collectors.joining("; ")));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    free.add(schema);
  }

  private static String schemaOf(StoreLocation location) {
    return location.parameters().getOrDefault("schema", "");
  }

  /** Opens over the sharding source; what was not made yet is looked for under another name. */
  BackendProvider provider() {
    PostgresBackendProvider sharded = PostgresBackendProvider.of(source);
    return new BackendProvider() {
      @Override
      public String name() {
        return sharded.name();
      }

      @Override
      public Set<String> schemes() {
        return sharded.schemes();
      }

      @Override
      public Backend open(OpenRequest request) {
        String schema = schemaOf(request.location());
        if (request.mode() == OpenMode.CREATE) {
          made.add(schema);
        }
        String uri = request.location().uri();
        String asked = made.contains(schema) ? uri : uri.replace(schema, "absent");
        return sharded.open(new OpenRequest(StoreLocation.parse(asked), request.mode()));
      }

      @Override
      public StoreSchema schema(StoreLocation location) {
        return new EachSchema(schemaOf(location));
      }
    };
  }

  /** The step, on each server as it is documented. */
  private final class EachSchema implements StoreSchema {
    private final String schema;
    private final List<StoreSchema> each;

    EachSchema(String schema) {
      this.schema = schema;
      this.each = servers.schemas(schema);
    }

    @Override
    public int version() {
      return each.get(0).version();
    }

    @Override
    public int storedVersion() {
      return made.contains(schema) ? lowest(StoreSchema::storedVersion) : 0;
    }

    @Override
    public List<String> statements(int from) {
      return each.get(0).statements(from);
    }

    @Override
    public int migrate() {
      int found = lowest(StoreSchema::migrate);
      return made.add(schema) ? 0 : found;
    }

    private int lowest(ToIntFunction<StoreSchema> step) {
      return each.stream().mapToInt(step).min().orElseThrow();
    }
  }
}

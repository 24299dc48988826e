package dev.tidemark.postgres.sharding;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.EmbeddedPostgres;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.apache.shardingsphere.broadcast.config.BroadcastRuleConfiguration;
import org.apache.shardingsphere.driver.api.ShardingSphereDataSourceFactory;
import org.apache.shardingsphere.infra.algorithm.core.config.AlgorithmConfiguration;
import org.apache.shardingsphere.sharding.api.config.ShardingRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.rule.ShardingTableRuleConfiguration;
import org.apache.shardingsphere.sharding.api.config.strategy.sharding.StandardShardingStrategyConfiguration;

/** Three servers, and sources of connections that spread documents over them by their number. */
final class ShardedServers implements AutoCloseable {
  static final int SERVERS = 3;

  /** All tables that begin with the document. */
  static final List<String> TABLES =
      List.of(
          "document",
          "operation",
          "node",
          "deletion",
          "structural",
          "parent_operation",
          "piece",
          "staged",
          "progress");

  private final List<EmbeddedPostgres> servers = new ArrayList<>();

  ShardedServers() {
    for (int i = 0; i < SERVERS; i++) {
      servers.add(EmbeddedPostgres.start());
    }
  }

  EmbeddedPostgres server(int number) {
    return servers.get(number);
  }

  /** Makes the schema on each server, as whoever runs them does beforehand. */
  void makeSchema(String name) {
    schemas(name).forEach(StoreSchema::migrate);
  }

  /** Returns the step that makes a schema, for each server. */
  List<StoreSchema> schemas(String name) {
    PostgresBackendProvider plain = new PostgresBackendProvider();
    return servers.stream()
        .map(server -> plain.schema(StoreLocation.parse(server.address().store(name))))
        .toList();
  }

  /** Returns a new source, which reads once which tables there are. */
  DataSource source(int connections) throws SQLException {
    Map<String, DataSource> pools = new LinkedHashMap<>();
    for (int i = 0; i < SERVERS; i++) {
      pools.put("server_" + i, pool(servers.get(i), connections));
    }
    ShardingRuleConfiguration sharding = new ShardingRuleConfiguration();
    for (String table : TABLES) {
      String nodes = "server_${0.." + (SERVERS - 1) + "}." + table;
      sharding.getTables().add(new ShardingTableRuleConfiguration(table, nodes));
    }
    sharding.setDefaultDatabaseShardingStrategy(
        new StandardShardingStrategyConfiguration("document", "by_document"));
    Properties inline = new Properties();
    inline.setProperty("algorithm-expression", "server_${document % " + SERVERS + "}");
    sharding
        .getShardingAlgorithms()
        .put("by_document", new AlgorithmConfiguration("INLINE", inline));
    BroadcastRuleConfiguration everywhere =
        new BroadcastRuleConfiguration(List.of("schema_version"));
    return ShardingSphereDataSourceFactory.createDataSource(
        "tidemark", pools, List.of(sharding, everywhere), new Properties());
  }

  private static HikariDataSource pool(EmbeddedPostgres server, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:" + server.address().uri());
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(2_000);
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    servers.forEach(EmbeddedPostgres::close);
  }
}

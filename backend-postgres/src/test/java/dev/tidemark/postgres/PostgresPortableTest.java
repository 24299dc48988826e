package dev.tidemark.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.conformance.kit.StorageConformance;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.BackendProvider;
import java.sql.SQLException;

/**
 * The storage contract with the statements that engines get that shard, and on connections of the
 * application.
 */
final class PostgresPortableTest extends StorageConformance {
  @Override
  public BackendProvider provider() {
    return PostgresBackendProvider.of(Application.POOL);
  }

  /** As a framework sets one up: connections are in autocommit mode. */
  private static final class Application {
    private static final HikariDataSource POOL = new HikariDataSource(configuration());

    private static HikariConfig configuration() {
      HikariConfig configuration = new HikariConfig();
      configuration.setJdbcUrl("jdbc:" + TestPostgres.address().uri());
      configuration.setMaximumPoolSize(40);
      configuration.setMinimumIdle(0);
      return configuration;
    }
  }

  @Override
  public String newStore() {
    return "postgresql:?statements=portable&schema=" + TestPostgres.newSchema();
  }

  @Override
  public boolean raiseSchemaVersion(String uri) throws SQLException {
    return LaterRelease.of(uri);
  }

  @Override
  public void drop(String uri) {
    TestStores.drop(uri);
  }
}

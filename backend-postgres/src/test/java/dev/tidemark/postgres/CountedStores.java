package dev.tidemark.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.conformance.kit.StatementCount;
import dev.tidemark.postgres.testing.TestPostgres;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/** Opens stores on connections that count, and asks the server what the last one has read. */
final class CountedStores {
  /** Of this transaction, and what the connection has not reported yet. */
  private static final String ROWS_READ =
      """
      SELECT COALESCE(sum(COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0)), 0)
      FROM pg_stat_xact_user_tables""";

  private static final StatementCount STATEMENTS = new StatementCount();
  private static final AtomicReference<Connection> LAST = new AtomicReference<>();

  private CountedStores() {}

  /** Made with the first store that is counted. */
  private static final class Shared {
    private static final CountedPool POOL = new CountedPool();
  }

  private static final class CountedPool extends HikariDataSource {
    CountedPool() {
      super(configuration());
    }

    private static HikariConfig configuration() {
      HikariConfig configuration = new HikariConfig();
      configuration.setJdbcUrl("jdbc:" + TestPostgres.address().uri());
      configuration.setMaximumPoolSize(20);
      configuration.setMinimumIdle(0);
      return configuration;
    }

    @Override
    public Connection getConnection() throws SQLException {
      Connection connection = super.getConnection();
      LAST.set(connection);
      return STATEMENTS.counting(connection);
    }
  }

  static Backend open(String uri, OpenMode mode) {
    String schema = StoreLocation.parse(uri).parameters().get("schema");
    return PostgresBackendProvider.of(Shared.POOL)
        .open(new OpenRequest(StoreLocation.parse("postgresql:?schema=" + schema), mode));
  }

  static OptionalLong statements() {
    return OptionalLong.of(STATEMENTS.executed());
  }

  private static Connection last() {
    Connection last = LAST.get();
    if (last == null) {
      throw new IllegalStateException("no transaction was begun");
    }
    return last;
  }

  /** The rows that the transaction has read which was begun last. */
  static OptionalLong rowsStepped() {
    try (Statement statement = last().createStatement();
        ResultSet row = statement.executeQuery(ROWS_READ)) {
      row.next();
      return OptionalLong.of(row.getLong(1));
    } catch (SQLException e) {
      throw new IllegalStateException("the server does not count: " + e.getMessage(), e);
    }
  }
}

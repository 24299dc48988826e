package org.example.tidemark.h2;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.StoreLocation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

final class H2BackendTest extends BackendConformance {
  @TempDir private static Path directory;
  private String newest = "";

  @Override
  public BackendProvider provider() {
    return new H2BackendProvider();
  }

  @Override
  public String newStore() {
    newest = "h2:" + directory.resolve(UUID.randomUUID().toString()) + "?sync=off";
    return newest;
  }

  @Override
  public boolean raiseSchemaVersion(String uri) throws SQLException {
    try (Connection connection = Database.at(StoreLocation.parse(uri)).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE tidemark_schema SET version = version + 1");
      connection.commit();
    }
    return true;
  }

  /** H2 counts them itself, once it is asked to. */
  @Override
  public OptionalLong statements() {
    String counted =
        "SELECT SUM(execution_count) FROM information_schema.query_statistics"
            + " WHERE sql_statement LIKE 'SELECT%'"
            + " AND sql_statement NOT LIKE '%information_schema%'";
    try (Connection connection = Database.at(StoreLocation.parse(newest)).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET QUERY_STATISTICS TRUE");
      try (ResultSet row = statement.executeQuery(counted)) {
        row.next();
        return OptionalLong.of(row.getLong(1));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.example.tidemark.h2;

import dev.tidemark.conformance.kit.BackendConformance;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.StoreLocation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

final class H2BackendTest extends BackendConformance {
  @TempDir private static Path directory;

  @Override
  public BackendProvider provider() {
    return new H2BackendProvider();
  }

  @Override
  public String newStore() {
    return "h2:" + directory.resolve(UUID.randomUUID().toString()) + "?sync=off";
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
}

package dev.tidemark.benchmarks.raw;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A schema of a PostgreSQL database that a scenario makes and drops.
 *
 * @param base the URI of the database, with the user, and without a schema
 * @param schema the schema
 */
public record PostgresPlace(String base, String schema) implements AutoCloseable {
  /**
   * Returns the store's URI.
   *
   * @return for the library
   */
  public String uri() {
    return base + separator() + "schema=" + schema;
  }

  /**
   * Opens it without the library. Inserts in a batch are sent as multi-row inserts.
   *
   * @return the opened store
   * @throws SQLException if it fails
   */
  public RawStore open() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            "jdbc:" + base + separator() + "reWriteBatchedInserts=true&currentSchema=" + schema);
    connection.setAutoCommit(false);
    return RawStore.ofPostgres(connection, schema);
  }

  private String separator() {
    return base.contains("?") ? "&" : "?";
  }

  /** Drops the schema with all that is in it. */
  @Override
  public void close() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:" + base);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }
}

package dev.tidemark.benchmarks.raw;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A schema of a PostgreSQL database that a scenario makes and drops.
 *
 * @param base the URI of the database, with the user, and without a schema
 * @param schema the schema
 */
public record PostgresPlace(String base, String schema) implements AutoCloseable {
  private static final Pattern PARTS =
      Pattern.compile(
          "postgres(?:ql)?:(?<slashes>/*)"
              + "(?:(?<user>[^@/:?]*)(?::(?<password>[^@/?]*))?@)?(?<place>.*)");

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
        connect(separator() + "reWriteBatchedInserts=true&currentSchema=" + schema);
    connection.setAutoCommit(false);
    return RawStore.ofPostgres(connection, schema);
  }

  /** The driver takes a user among the parameters only, and the library before the host as well. */
  private Connection connect(String parameters) throws SQLException {
    Matcher parts = PARTS.matcher(base);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not the URI of a PostgreSQL database");
    }
    Properties login = new Properties();
    put(login, "user", parts.group("user"));
    put(login, "password", parts.group("password"));
    return DriverManager.getConnection(
        "jdbc:postgresql:" + parts.group("slashes") + parts.group("place") + parameters, login);
  }

  private static void put(Properties login, String name, @Nullable String value) {
    if (value != null) {
      // A plus is no space there.
      login.setProperty(name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
  }

  private String separator() {
    return base.contains("?") ? "&" : "?";
  }

  /** Drops the schema with all that is in it. */
  @Override
  public void close() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }
  }
}

package dev.tidemark.postgres.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The server that all tests of a JVM share: the one that the environment variable {@value #URL}
 * names, else an embedded one. Where neither can be had the tests fail: no result without the real
 * thing.
 */
public final class TestPostgres {
  /** Names a server to use instead of the embedded one, with a role that may create schemas. */
  public static final String URL = "TIDEMARK_TEST_POSTGRES_URL";

  /** Settings of the embedded server: {@code name=value,name=value}. */
  private static final String SETTINGS = "tidemark.postgres.settings";

  /** A PgBouncer to put before the server: the path of the program. */
  private static final String PGBOUNCER = "tidemark.postgres.pgbouncer";

  private static final String SHOWN =
      "SELECT name || '=' || setting FROM pg_settings WHERE name IN ('server_version', 'fsync',"
          + " 'synchronous_commit', 'full_page_writes', 'default_transaction_isolation',"
          + " 'shared_buffers', 'max_connections', 'lc_collate') ORDER BY name";

  private static final Queue<String> SCHEMAS = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final String RUN =
      "test_" + ProcessHandle.current().pid() + "_" + (System.nanoTime() & 0xffffff) + "_";

  private TestPostgres() {}

  /**
   * Returns where the shared server is, and starts it first if need be.
   *
   * @return its address, for a role that may create schemas
   * @throws IllegalStateException if there is none, with the reason
   */
  public static PostgresAddress address() {
    try {
      return Shared.ADDRESS;
    } catch (ExceptionInInitializerError e) {
      throw new IllegalStateException(reason(e), e.getCause());
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException("No PostgreSQL server; the first failure says why", e);
    }
  }

  private static String reason(ExceptionInInitializerError failure) {
    Throwable cause = failure.getCause();
    return "These tests need PostgreSQL, and none can be had. Set "
        + URL
        + " to postgresql://host:port/database?user=name&password=text to use one that runs."
        + (cause == null ? "" : " " + cause.getMessage());
  }

  /**
   * Returns the URI of a store that does not exist, in a schema of its own.
   *
   * @return the URI
   */
  public static String newStore() {
    return address().store(newSchema());
  }

  /**
   * Returns the name of a schema that does not exist.
   *
   * @return the name; the schema is dropped at the end if the server lives on
   */
  public static String newSchema() {
    String schema = RUN + NUMBER.incrementAndGet();
    SCHEMAS.add(schema);
    return schema;
  }

  private static Map<String, String> settings() {
    return List.of(System.getProperty(SETTINGS, "").split(",")).stream()
        .filter(each -> !each.isBlank())
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(each -> each[0], each -> each[1]));
  }

  private static void print(PostgresAddress address) throws SQLException {
    StringBuilder line = new StringBuilder("PostgreSQL for these tests:");
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SHOWN)) {
      while (rows.next()) {
        line.append(' ').append(rows.getString(1));
      }
    }
    System.out.println(line);
  }

  private static void dropSchemas(PostgresAddress address) {
    try {
      for (String schema : SCHEMAS) {
        address.execute("DROP SCHEMA IF EXISTS \"" + schema + "\" CASCADE");
      }
    } catch (SQLException e) {
      System.err.println("Schemas " + RUN + "* are left: " + e.getMessage());
    }
  }

  private static final class Shared {
    private static final PostgresAddress ADDRESS = start();

    private static PostgresAddress start() {
      String url = System.getenv(URL);
      PostgresAddress address;
      if (url == null || url.isBlank()) {
        EmbeddedPostgres server = EmbeddedPostgres.start(settings());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        address = server.address();
      } else {
        address = PostgresAddress.parse(url);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dropSchemas(address)));
      }
      try {
        print(address);
      } catch (SQLException e) {
        throw new IllegalStateException("The server does not answer: " + e.getMessage(), e);
      }
      String pooler = System.getProperty(PGBOUNCER, "");
      return pooler.isEmpty() ? address : PgBouncer.start(Path.of(pooler), address);
    }
  }
}

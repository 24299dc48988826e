package dev.tidemark.benchmarks.raw;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store's file through plain JDBC, with the settings that the library gives its connections. */
public final class RawStore implements AutoCloseable {
  private final Connection connection;

  /** The schema of a PostgreSQL database; null for SQLite. */
  private final @Nullable String schema;

  private RawStore(Connection connection, @Nullable String schema) {
    this.connection = connection;
    this.schema = schema;
  }

  static RawStore ofPostgres(Connection connection, String schema) {
    return new RawStore(connection, schema);
  }

  /**
   * Opens a store.
   *
   * @param file a file that the library made
   * @return the opened store
   * @throws SQLException if it fails
   */
  public static RawStore open(Path file) throws SQLException {
    RawStore store = new RawStore(DriverManager.getConnection("jdbc:sqlite:" + file), null);
    store.execute("PRAGMA synchronous=full");
    store.execute("PRAGMA cache_size=-8192");
    store.execute("PRAGMA journal_size_limit=" + (64L << 20));
    store.execute("PRAGMA temp_store=memory");
    store.execute("PRAGMA busy_timeout=10000");
    return store;
  }

  /**
   * Executes one statement.
   *
   * @param sql the statement
   * @throws SQLException if it fails
   */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Returns the tables.
   *
   * @return those of the library
   * @throws SQLException if it fails
   */
  public List<RawTable> tables() throws SQLException {
    return RawTable.all(connection.getMetaData(), schema);
  }

  /** Commits where statements do not commit by themselves. */
  void settle() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  /**
   * Begins a transaction that writes.
   *
   * @throws SQLException if it fails
   */
  public void begin() throws SQLException {
    if (schema == null) {
      execute("BEGIN IMMEDIATE");
    }
  }

  /**
   * Commits a transaction.
   *
   * @throws SQLException if it fails
   */
  public void commit() throws SQLException {
    if (schema == null) {
      execute("COMMIT");
    } else {
      connection.commit();
    }
  }

  /**
   * Returns the connection: in autocommit mode for SQLite, where transactions are statements.
   *
   * @return the connection
   */
  public Connection connection() {
    return connection;
  }

  /**
   * Reads the whole log in one statement, every column of every row.
   *
   * @return the bytes of all values that are bytes
   * @throws SQLException if it fails
   */
  public long readLog() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("SELECT * FROM operation ORDER BY rowid");
        ResultSet rows = statement.executeQuery()) {
      return readAll(rows);
    }
  }

  /**
   * Reads the whole log of a PostgreSQL store page by page, each in a transaction of its own.
   *
   * @param pageSize the rows of a page
   * @return the bytes of all values that are bytes
   * @throws SQLException if it fails
   */
  public long readLogPaged(int pageSize) throws SQLException {
    long bytes = 0;
    byte[] after = {};
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT * FROM operation WHERE document = (SELECT min(document) FROM document)"
                + " AND place > ? ORDER BY document, place LIMIT ?")) {
      while (true) {
        statement.setBytes(1, after);
        statement.setInt(2, pageSize);
        int count = 0;
        try (ResultSet rows = statement.executeQuery()) {
          int position = rows.findColumn("place");
          while (rows.next()) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              Object value = rows.getObject(column);
              bytes += value instanceof byte[] array ? array.length : 0;
            }
            after = rows.getBytes(position);
            count++;
          }
        }
        connection.commit();
        if (count < pageSize) {
          return bytes;
        }
      }
    }
  }

  /**
   * Reads every column of every row: bytes to arrays, numbers to numbers.
   *
   * @param rows the rows
   * @return the bytes of all values that are bytes
   * @throws SQLException if it fails
   */
  static long readAll(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    boolean[] isNumber = new boolean[columns.getColumnCount()];
    for (int column = 0; column < isNumber.length; column++) {
      int type = columns.getColumnType(column + 1);
      isNumber[column] =
          type == Types.INTEGER
              || type == Types.BIGINT
              || type == Types.SMALLINT
              || type == Types.NUMERIC;
    }
    long bytes = 0;
    long numbers = 0;
    while (rows.next()) {
      for (int column = 1; column <= isNumber.length; column++) {
        if (isNumber[column - 1]) {
          numbers += rows.getLong(column);
        } else {
          byte[] value = rows.getBytes(column);
          bytes += value == null ? 0 : value.length;
        }
      }
    }
    // What is read must not be left out by the compiler.
    if (numbers == Long.MIN_VALUE) {
      throw new SQLException("the sum of all numbers cannot be that");
    }
    return bytes;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

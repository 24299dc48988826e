package org.example.tidemark.h2;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A connection with its prepared statements. For one thread at a time. */
final class Session {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private String isolation = "";

  Session(Connection connection) {
    this.connection = connection;
  }

  // tutorial: isolation
  /** Sees what was committed before the first statement, and nothing that comes after. */
  void beginRead() throws SQLException {
    isolate("SNAPSHOT");
  }

  /**
   * Sees what was committed before each statement: of its own document only what it writes itself,
   * as it is this writer's turn. A snapshot would see the same, but at that level H2 (2.3.232 to
   * 2.5.252) reads an index backwards past rows that the transaction has written and not committed.
   */
  void beginWrite() throws SQLException {
    isolate("READ COMMITTED");
  }

  private void isolate(String level) throws SQLException {
    if (!level.equals(isolation)) {
      update("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL " + level);
      isolation = level;
    }
  }

  // tutorial: end

  /** Makes a value of a row. */
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> list(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    PreparedStatement statement = prepare(sql, parameters);
    List<T> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(reader.read(rows));
      }
    }
    return found;
  }

  int update(String sql, Object... parameters) throws SQLException {
    return prepare(sql, parameters).executeUpdate();
  }

  /** Executes one statement for many rows. */
  void batch(String sql, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = prepare(sql);
    try {
      for (Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } finally {
      statement.clearBatch();
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    bind(statement, parameters);
    return statement;
  }

  /** Numbers, byte strings, and arrays of them, which H2 takes as objects; null is NULL. */
  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  void rollBack() throws SQLException {
    connection.rollback();
  }

  /** Closes the connection, and lets a failure be: what is closed is not needed any more. */
  void discard() {
    try {
      connection.close();
    } catch (SQLException e) {
      // H2 rolls back what was not committed when it opens the file the next time.
    }
  }
}

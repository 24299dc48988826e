package dev.tidemark.sqlite.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its prepared statements. Used by one thread at a time; only {@link #close} may
 * be called by another one, and makes the other's next call fail.
 *
 * <p>The connection stays in JDBC's autocommit mode, in which the driver leaves BEGIN and COMMIT
 * alone; in the other mode it would begin the next transaction right after each commit.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final @Nullable ReadAccess access;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  Session(Connection connection, @Nullable ReadAccess access) {
    this.connection = connection;
    this.access = access;
  }

  /**
   * Returns the statement for a text, which is prepared at its first use. Texts are constants, so
   * the cache needs no limit.
   *
   * @param sql the text
   * @return the statement, which stays open with the session
   * @throws SQLException if it cannot be prepared
   */
  public PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /**
   * Executes a statement without parameters and rows.
   *
   * @param sql the text
   * @throws SQLException if it fails
   */
  public void execute(String sql) throws SQLException {
    PreparedStatement statement = prepare(sql);
    if (statement.execute()) {
      statement.getResultSet().close();
    }
  }

  /**
   * Executes a statement that returns one number.
   *
   * @param sql the text
   * @return the number
   * @throws SQLException if it fails
   */
  public long number(String sql) throws SQLException {
    try (ResultSet row = prepare(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Executes a statement that returns one text.
   *
   * @param sql the text
   * @return the text
   * @throws SQLException if it fails
   */
  String text(String sql) throws SQLException {
    try (ResultSet row = prepare(sql).executeQuery()) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /**
   * Makes sure that what was read is of one snapshot.
   *
   * @throws SQLException if the file was written under a session that holds no lock on it
   */
  public void verifySnapshot() throws SQLException {
    if (access != null) {
      access.verifyUnchanged();
    }
  }

  /** The statements that were prepared so far: a test looks at what reading takes. */
  Set<String> texts() {
    return Set.copyOf(statements.keySet());
  }

  /** The connection, so that a test can count what SQLite does on it. */
  Connection connection() {
    return connection;
  }

  /** Tells whether another transaction may begin in this session. */
  boolean isCurrent() {
    return access == null || access.isCurrent();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

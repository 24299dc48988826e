package dev.tidemark.postgres.internal.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection during one transaction. Nothing that is set outlives the transaction, so that a
 * pooler between here and the server may give the next one another connection.
 */
public final class Session {
  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  private final Borrowed borrowed;
  private final Connection connection;
  private final StoreName name;
  private final boolean isNative;
  private final int lockTimeout;
  private final @Nullable String allSettings;
  private final Consumer<Session> ended;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** What sets the transaction up, until it has. */
  private @Nullable String settings;

  Session(
      Borrowed borrowed,
      StoreName name,
      StoreOptions options,
      String settings,
      Consumer<Session> ended)
      throws SQLException {
    this.borrowed = borrowed;
    this.connection = borrowed.connection();
    this.name = name;
    this.allSettings = borrowed.isPlain() ? settings : null;
    this.settings = allSettings;
    this.isNative = borrowed.isPlain() && options.isNative();
    this.lockTimeout = options.lockTimeout();
    this.ended = ended;
    // The first statement then begins the transaction, in the same round trip.
    connection.setAutoCommit(false);
  }

  /**
   * Returns the statement for a text, which is prepared at its first use in the transaction.
   *
   * @param sql the text, whose tables are of the schema {@code tidemark}
   * @return the statement, which ends with the transaction
   * @throws SQLException if it cannot be prepared
   */
  public PreparedStatement prepare(String sql) throws SQLException {
    String pending = takeSettings();
    if (pending != null) {
      execute(pending);
    }
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = prepareStatement(name.qualify(sql));
      statements.put(sql, statement);
    }
    return statement;
  }

  /**
   * Returns the statement for the first query of a transaction. What sets the transaction up goes
   * with it: one round trip, and one statement that the server keeps prepared like any other.
   *
   * @param sql the text of a query, whose tables are of the schema {@code tidemark}
   * @return the statement, whose rows are those of {@link #rows}
   * @throws SQLException if it cannot be prepared
   */
  public PreparedStatement prepareFirst(String sql) throws SQLException {
    String pending = takeSettings();
    return prepare(pending == null ? sql : pending + ";\n" + sql);
  }

  /**
   * Executes a query.
   *
   * @param statement a statement of this session
   * @return the rows of the query, which is the last statement of its text
   * @throws SQLException if it fails
   */
  public ResultSet rows(PreparedStatement statement) throws SQLException {
    ResultSet last = null;
    boolean isRows = statement.execute();
    while (isRows || statement.getUpdateCount() >= 0) {
      if (isRows) {
        last = statement.getResultSet();
      }
      isRows = statement.getMoreResults(Statement.KEEP_CURRENT_RESULT);
    }
    if (last == null) {
      throw new SQLException("a query without rows");
    }
    return last;
  }

  private @Nullable String takeSettings() {
    String pending = settings;
    settings = null;
    return pending;
  }

  private PreparedStatement prepareStatement(String sql) throws SQLException {
    try {
      return connection.prepareStatement(sql);
    } catch (RuntimeException e) {
      throw SqlFailures.unexpected(e);
    }
  }

  /**
   * Sets an array of byte strings, for a statement that casts it to {@code bytea[]}. A driver that
   * stands before PostgreSQL's may be unable to make arrays, and is given one that is made here.
   *
   * @param statement the statement
   * @param parameter the parameter's number, from 1
   * @param values the elements
   * @throws SQLException if it fails
   */
  public void setBytes(PreparedStatement statement, int parameter, byte[][] values)
      throws SQLException {
    if (isPlain()) {
      statement.setArray(parameter, bytes(values));
    } else {
      statement.setObject(parameter, ArrayParameter.of(values));
    }
  }

  /**
   * Sets an array of numbers, for a statement that casts it to {@code bigint[]}.
   *
   * @param statement the statement
   * @param parameter the parameter's number, from 1
   * @param values the elements
   * @throws SQLException if it fails
   */
  public void setNumbers(PreparedStatement statement, int parameter, Long[] values)
      throws SQLException {
    if (isPlain()) {
      statement.setArray(parameter, array("int8", values));
    } else {
      statement.setObject(parameter, ArrayParameter.of(values));
    }
  }

  /**
   * Makes an array of byte strings, which the driver sends as they are.
   *
   * @param values the elements
   * @return the array
   * @throws SQLException if it fails
   */
  public Array bytes(byte[][] values) throws SQLException {
    return connection.createArrayOf("bytea", values);
  }

  /**
   * Makes an array.
   *
   * @param type the type of the elements
   * @param values the elements
   * @return the array
   * @throws SQLException if it fails
   */
  public Array array(String type, Object[] values) throws SQLException {
    return connection.createArrayOf(type, values);
  }

  /**
   * Tells whether statements may use what only PostgreSQL has.
   *
   * @return false where they are to be understood by engines that speak its protocol and shard
   */
  public boolean isNative() {
    return isNative;
  }

  /**
   * Tells whether PostgreSQL's own driver is behind it, whatever pools stand between.
   *
   * @return whether a transaction is set up by statements
   */
  public boolean isPlain() {
    return borrowed.isPlain();
  }

  /**
   * Bounds how long a statement waits for another writer. On PostgreSQL's own driver the
   * transaction does that; to any other, the time is that of the whole statement.
   *
   * @param statement a statement that waits for a lock
   * @throws SQLException if it fails
   */
  public void boundWait(PreparedStatement statement) throws SQLException {
    if (!isPlain()) {
      statement.setQueryTimeout((lockTimeout + 999) / 1_000);
    }
  }

  /** Executes statements without parameters; what they return is passed over. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Commits.
   *
   * @throws SQLException if it fails, or its answer is lost
   */
  public void commit() throws SQLException {
    connection.commit();
  }

  /**
   * Rolls back, and begins another transaction on the same connection.
   *
   * @throws SQLException if it fails
   */
  public void startAgain() throws SQLException {
    connection.rollback();
    settings = allSettings;
  }

  /**
   * Rolls back and gives the connection back.
   *
   * @throws SQLException if it fails; the connection is given back all the same
   */
  public void end() throws SQLException {
    try (Borrowed returned = borrowed) {
      returned.connection().rollback();
      for (PreparedStatement statement : statements.values()) {
        statement.close();
      }
    } finally {
      ended.accept(this);
    }
  }

  /** Cuts the connection off, whatever its thread is at, so that the server rolls back. */
  void abort() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // Not every driver in front of PostgreSQL's can.
      rollback(e);
    }
  }

  private void rollback(SQLException reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
      LOG.log(System.Logger.Level.WARNING, "a transaction could not be rolled back", reason);
    }
  }

  /**
   * Ends a transaction that has only read, and gives the connection back. It commits, as there is
   * nothing to take back, and a server's log then shows no more of a reader than reading.
   */
  public void endRead() {
    try {
      connection.commit();
      endAfter(null);
    } catch (SQLException e) {
      // One of its statements had failed, or the connection is broken: whoever asked knows.
      endAfter(e);
    }
  }

  /**
   * Rolls back and gives the connection back, after a failure that matters more.
   *
   * @param failure the failure; takes a further one on
   */
  public void endAfter(@Nullable Exception failure) {
    try {
      end();
    } catch (SQLException e) {
      if (failure != null) {
        failure.addSuppressed(e);
      }
    }
  }
}

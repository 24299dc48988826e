package dev.tidemark.postgres.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A connection of a source that may be the application's: it goes back as it was. Not every pool
 * sets its connections up anew.
 */
final class Borrowed implements AutoCloseable {
  private final Connection connection;
  private final boolean isPlain;
  private final boolean wasAutoCommit;
  private final boolean wasReadOnly;
  private final int isolation;

  private Borrowed(Connection connection) throws SQLException {
    this.connection = connection;
    this.isPlain = Sessions.isPlain(connection);
    this.wasAutoCommit = connection.getAutoCommit();
    // On PostgreSQL's own driver these are set for a transaction alone, and asking costs a query.
    this.wasReadOnly = !isPlain && connection.isReadOnly();
    this.isolation = isPlain ? Connection.TRANSACTION_NONE : connection.getTransactionIsolation();
  }

  static Borrowed from(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try {
      return new Borrowed(connection);
    } catch (SQLException | RuntimeException e) {
      Sessions.closeAfter(connection, e);
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  /** Whether PostgreSQL's own driver is behind it. */
  boolean isPlain() {
    return isPlain;
  }

  /** Gives it back, outside of a transaction. */
  @Override
  public void close() throws SQLException {
    try (Connection returned = connection) {
      if (!returned.getAutoCommit()) {
        returned.rollback();
      }
      if (!isPlain) {
        returned.setReadOnly(wasReadOnly);
        returned.setTransactionIsolation(isolation);
      }
      returned.setAutoCommit(wasAutoCommit);
    }
  }

  /** Gives it back after a failure that matters more. */
  void closeAfter(Throwable failure) {
    try {
      close();
    } catch (SQLException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}

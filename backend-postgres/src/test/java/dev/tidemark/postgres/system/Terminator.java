package dev.tidemark.postgres.system;

import dev.tidemark.postgres.testing.PostgresAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Terminates connections of an application, one after the other. */
final class Terminator implements AutoCloseable {
  // Those at work first: the end of an idle one is noticed by the pool alone.
  private static final String ONE =
      "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
          + " WHERE application_name = ? ORDER BY state = 'idle', random() LIMIT 1) one";

  private final Connection connection;
  private final String application;
  private int terminated;

  Terminator(PostgresAddress address, String application) throws SQLException {
    this.connection = address.connect();
    this.application = application;
  }

  void runWhile(BooleanSupplier isWanted, long pauseMillis) throws SQLException {
    while (isWanted.getAsBoolean()) {
      terminateOne();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
    }
  }

  void terminateOne() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      statement.setString(1, application);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        terminated += row.getInt(1);
      }
    }
  }

  int terminated() {
    return terminated;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

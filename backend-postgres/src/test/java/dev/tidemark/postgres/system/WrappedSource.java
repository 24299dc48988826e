package dev.tidemark.postgres.system;

import dev.tidemark.postgres.testing.PostgresAddress;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * An application's pool that hands its connections on as they come back, and remembers in which
 * state that was. May stand before the driver as one that shards does, or change what is executed.
 */
final class WrappedSource implements DataSource, AutoCloseable {
  private final PostgresAddress address;
  private final boolean isPlain;
  private final UnaryOperator<String> sql;
  private final boolean autoCommit;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final List<Connection> all = new ArrayList<>();
  private final List<String> returned = Collections.synchronizedList(new ArrayList<>());

  WrappedSource(
      PostgresAddress address, boolean isPlain, boolean autoCommit, UnaryOperator<String> sql) {
    this.address = address;
    this.isPlain = isPlain;
    this.autoCommit = autoCommit;
    this.sql = sql;
  }

  /** How connections came back, one line each. */
  List<String> returned() {
    return List.copyOf(returned);
  }

  /** How they are handed out. */
  String handedOut() {
    return line(autoCommit, false, Connection.TRANSACTION_SERIALIZABLE, 0);
  }

  private static String line(boolean autoCommit, boolean readOnly, int isolation, int channels) {
    return "autocommit %s, read-only %s, isolation %s, listens to %s"
        .formatted(autoCommit, readOnly, isolation, channels);
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    Connection connection = idle.poll();
    if (connection == null) {
      connection = address.connect();
      all.add(connection);
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      connection.setAutoCommit(autoCommit);
    }
    return wrap(connection);
  }

  private Connection wrap(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            WrappedSource.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                invoke(connection, method, arguments == null ? new Object[0] : arguments));
  }

  private @Nullable Object invoke(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "close" -> {
        giveBack(connection);
        return null;
      }
      case "isWrapperFor" -> {
        return isPlain && connection.isWrapperFor((Class<?>) arguments[0]);
      }
      case "createArrayOf" -> {
        if (!isPlain) {
          throw new SQLFeatureNotSupportedException("createArrayOf");
        }
      }
      case "prepareStatement" -> arguments[0] = sql.apply((String) arguments[0]);
      default -> {
        // As it is.
      }
    }
    try {
      return method.invoke(connection, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private synchronized void giveBack(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return;
    }
    boolean wasAutoCommit = connection.getAutoCommit();
    int isolation = connection.getTransactionIsolation();
    boolean wasReadOnly = connection.isReadOnly();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_listening_channels()")) {
      row.next();
      returned.add(line(wasAutoCommit, wasReadOnly, isolation, row.getInt(1)));
    }
    if (!wasAutoCommit) {
      connection.rollback();
    }
    idle.add(connection);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter writer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setLoginTimeout(int seconds) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("nothing behind");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  @Override
  public synchronized void close() throws SQLException {
    for (Connection connection : all) {
      connection.close();
    }
  }
}

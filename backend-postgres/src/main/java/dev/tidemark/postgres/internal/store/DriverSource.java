package dev.tidemark.postgres.internal.store;

import dev.tidemark.spi.StoreLocation;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens connections of one store's URI. The driver is called directly: {@link
 * java.sql.DriverManager} finds drivers by the caller's class loader, and {@code
 * PGSimpleDataSource} puts user and password into a URL, where a password could show.
 */
final class DriverSource implements DataSource {
  private final String url;
  private final Properties properties;

  DriverSource(StoreLocation location, StoreOptions options) {
    url = Addresses.url(location);
    properties = Addresses.properties(location);
    if (!location.parameters().containsKey(PGProperty.CONNECT_TIMEOUT.getName())) {
      int seconds = (options.connectionTimeout() + 999) / 1_000;
      PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("no URL of the driver", "08001");
    }
    return DriverConnection.of(connection);
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("user and password are those of the URI");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // Nothing is written.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The pool sets what it has itself from connection_timeout, as this source has.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("nothing is logged");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new SQLException("no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}

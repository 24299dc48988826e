package dev.tidemark.postgres.internal.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the driver, but for one question. The pool asks its first connection for the
 * isolation level that is the default, which the driver has the server answer ({@code SHOW}). As
 * each transaction here begins with its own level, nobody uses the answer, and so a reader's
 * connection executes nothing that reading does not need (rule C7).
 */
final class DriverConnection implements InvocationHandler {
  private final Connection driver;

  private DriverConnection(Connection driver) {
    this.driver = driver;
  }

  static Connection of(Connection driver) {
    return (Connection)
        Proxy.newProxyInstance(
            DriverConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new DriverConnection(driver));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "getTransactionIsolation" -> {
        return Connection.TRANSACTION_READ_COMMITTED;
      }
      case "equals" -> {
        return Objects.requireNonNull(arguments)[0] == proxy;
      }
      default -> {
        // The driver's own.
      }
    }
    try {
      return method.invoke(driver, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

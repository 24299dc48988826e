package dev.tidemark.conformance.kit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements that JDBC connections execute, for {@link BackendUnderTest#statements}.
 * Safe for several threads.
 */
public final class StatementCount {
  private final AtomicLong executed = new AtomicLong();

  /** Counts nothing yet. */
  public StatementCount() {}

  /**
   * Returns a connection whose statements are counted. A batch is one.
   *
   * @param connection the connection
   * @return the same one, and what it unwraps to is that of the connection
   */
  public Connection counting(Connection connection) {
    return proxy(Connection.class, connection);
  }

  /**
   * Returns how many statements were executed.
   *
   * @return the number so far
   */
  public long executed() {
    return executed.get();
  }

  private <T> T proxy(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (target instanceof Statement && method.getName().startsWith("execute")) {
                executed.incrementAndGet();
              }
              return wrap(call(target, method, arguments));
            }));
  }

  private @Nullable Object wrap(@Nullable Object result) {
    if (result instanceof PreparedStatement statement) {
      return proxy(PreparedStatement.class, statement);
    }
    return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
  }

  private static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}

package dev.tidemark.conformance.kit.cost;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import dev.tidemark.spi.WriteTransaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A real backend, of which every storage call is counted and can be made to fail. */
public final class ObservedProvider implements BackendProvider {
  /** Not storage calls: they tell of the transaction or end it. */
  private static final Set<String> UNCOUNTED =
      Set.of("document", "close", "capabilities", "isReadOnly", "toString", "hashCode", "equals");

  private final BackendProvider provider;
  private final StorageCalls calls;

  /**
   * Observes a backend.
   *
   * @param provider the backend
   * @param calls receives the counts
   */
  public ObservedProvider(BackendProvider provider, StorageCalls calls) {
    this.provider = provider;
    this.calls = calls;
  }

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public Set<String> schemes() {
    return provider.schemes();
  }

  @Override
  public Backend open(OpenRequest request) {
    return observed(Backend.class, provider.open(request));
  }

  @Override
  public StoreSchema schema(StoreLocation location) {
    return provider.schema(location);
  }

  private <T> T observed(Class<T> type, T target) {
    InvocationHandler handler = (proxy, method, arguments) -> call(target, method, arguments);
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    String name = method.getName();
    boolean isCounted = !UNCOUNTED.contains(name);
    int number = calls.total() + 1;
    if (isCounted) {
      calls.begin(name);
    }
    Object result = invoke(target, method, withCountingVisitor(name, arguments));
    if (isCounted) {
      countRows(name, arguments, result);
      calls.end(name, number);
    }
    if (result instanceof WriteTransaction writing) {
      return observed(WriteTransaction.class, writing);
    }
    return result instanceof ReadTransaction reading
        ? observed(ReadTransaction.class, reading)
        : result;
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  /** Counts what a visitor receives, row by row, as it stops early. */
  private @Nullable Object @Nullable [] withCountingVisitor(
      String name, @Nullable Object @Nullable [] arguments) {
    if (arguments == null || arguments.length == 0) {
      return arguments;
    }
    if (!(arguments[arguments.length - 1] instanceof RowVisitor<?> visitor)) {
      return arguments;
    }
    @Nullable Object[] counted = arguments.clone();
    counted[arguments.length - 1] = counting(name, visitor);
    return counted;
  }

  private <T> RowVisitor<T> counting(String name, RowVisitor<T> visitor) {
    return row -> {
      calls.addRows(name, 1);
      return visitor.visit(row);
    };
  }

  private void countRows(
      String name, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
    @Nullable Object counted = result;
    if (result == null && arguments != null && arguments.length > 0) {
      // A method that writes: its rows are in its argument.
      counted = arguments[0];
    }
    if (result instanceof byte[] read) {
      calls.addBytes(name, read.length);
    }
    if (arguments != null && arguments[arguments.length - 1] instanceof byte[] written) {
      calls.addBytes(name, written.length);
    }
    long rows = size(counted);
    if (rows > 0) {
      calls.addRows(name, rows);
    }
  }

  private static long size(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      long rows = 0;
      for (Object entry : map.values()) {
        rows += entry instanceof Collection<?> list ? list.size() : 1;
      }
      return rows;
    }
    return value instanceof Collection<?> list ? list.size() : 0;
  }
}

package dev.tidemark.conformance.kit.replay;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.ReadTransaction;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A real backend whose connections can be made to break, and whose store can be put into the place
 * of another under those who have it open.
 */
final class FragileProvider implements BackendProvider {
  private final BackendProvider provider;
  private ErrorCode failure = ErrorCode.CONNECTION_LOST;
  private int broken;
  private int begun;
  private @Nullable Backend replacement;
  private @Nullable Runnable interlude;
  private boolean isExhausted;
  private int open;

  FragileProvider(BackendProvider provider) {
    this.provider = provider;
  }

  /** Makes every read transaction fail that was begun so far. */
  void breakTransactions(ErrorCode code) {
    broken = begun;
    failure = code;
  }

  /** Reads another store from now on. */
  void replaceBy(Backend other) {
    replacement = other;
  }

  /** Has no connection left for another reader, or has one again. */
  void exhaust(boolean value) {
    isExhausted = value;
  }

  /** Counts the read transactions that are open. */
  int open() {
    return open;
  }

  /** Does something in the midst of the next call of a read transaction. */
  void duringNextRead(Runnable action) {
    interlude = action;
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
    Backend opened = provider.open(request);
    return proxy(
        Backend.class,
        (ignored, method, arguments) -> {
          Backend current = replacement;
          boolean isReading = method.getName().equals("beginRead");
          if (isReading && isExhausted) {
            throw TidemarkException.of(ErrorCode.STORE_BUSY).build();
          }
          Object result =
              invoke(isReading && current != null ? current : opened, method, arguments);
          return result instanceof ReadTransaction reading && isReading ? fragile(reading) : result;
        });
  }

  private ReadTransaction fragile(ReadTransaction reading) {
    int number = ++begun;
    AtomicBoolean isOpen = new AtomicBoolean(true);
    open++;
    return proxy(
        ReadTransaction.class,
        (ignored, method, arguments) -> {
          if (method.getName().equals("close")) {
            open -= isOpen.getAndSet(false) ? 1 : 0;
            return invoke(reading, method, arguments);
          }
          if (number <= broken) {
            throw TidemarkException.of(failure).build();
          }
          Runnable now = interlude;
          if (now != null) {
            interlude = null;
            now.run();
          }
          return invoke(reading, method, arguments);
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static @Nullable Object invoke(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}

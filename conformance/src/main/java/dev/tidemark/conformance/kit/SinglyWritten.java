package dev.tidemark.conformance.kit;

import dev.tidemark.api.DocumentId;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write transaction that is none: each call is a transaction of its own, and so is each row that
 * is handed to a bulk call. What a test writes must come out the same.
 */
final class SinglyWritten {
  /** A larger call is cut into so many pieces, as durable commits take milliseconds each. */
  private static final int MOST_PIECES = 60;

  private final Backend store;
  private final DocumentId document;

  private SinglyWritten(Backend store, DocumentId document) {
    this.store = store;
    this.document = document;
  }

  static WriteTransaction on(Backend store, DocumentId document) {
    SinglyWritten singly = new SinglyWritten(store, document);
    return (WriteTransaction)
        Proxy.newProxyInstance(
            WriteTransaction.class.getClassLoader(),
            new Class<?>[] {WriteTransaction.class},
            (proxy, method, arguments) -> singly.call(method, arguments));
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("commit") || method.getName().equals("close")) {
      return null;
    }
    if (method.getDeclaringClass() != WriteTransaction.class) {
      try (ReadTransaction reading = store.beginRead(document)) {
        return invoke(reading, method, arguments);
      }
    }
    Object result = null;
    for (@Nullable Object[] piece : pieces(arguments)) {
      try (WriteTransaction writing = store.beginWrite(document)) {
        result = invoke(writing, method, piece);
        writing.commit();
      }
    }
    return result;
  }

  private static List<@Nullable Object[]> pieces(@Nullable Object @Nullable [] arguments) {
    if (arguments == null || arguments.length != 1) {
      return List.<@Nullable Object[]>of(arguments == null ? new @Nullable Object[0] : arguments);
    }
    List<@Nullable Object[]> pieces = new ArrayList<>();
    if (arguments[0] instanceof Collection<?> rows && rows.size() > 1) {
      cut(new ArrayList<Object>(rows)).forEach(piece -> pieces.add(new @Nullable Object[] {piece}));
    } else if (arguments[0] instanceof Map<?, ?> map && map.size() > 1) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        Map<Object, Object> single = new LinkedHashMap<>();
        single.put(entry.getKey(), entry.getValue());
        pieces.add(new @Nullable Object[] {single});
      }
    } else {
      pieces.add(Arrays.copyOf(arguments, 1));
    }
    return pieces;
  }

  private static List<List<Object>> cut(List<Object> rows) {
    int size = Math.max(1, rows.size() / MOST_PIECES);
    List<List<Object>> pieces = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += size) {
      pieces.add(rows.subList(from, Math.min(rows.size(), from + size)));
    }
    return pieces;
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

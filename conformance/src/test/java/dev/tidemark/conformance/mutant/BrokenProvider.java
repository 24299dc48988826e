package dev.tidemark.conformance.mutant;

import dev.tidemark.conformance.memory.InMemoryBackendProvider;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** The in-memory backend with one defect, which is asked at every call of every object. */
final class BrokenProvider {
  private final Defect defect;

  private BrokenProvider(Defect defect) {
    this.defect = defect;
  }

  static BackendProvider with(Defect defect) {
    return new BrokenProvider(defect).broken(BackendProvider.class, new InMemoryBackendProvider());
  }

  private <T> T broken(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> wrap(defect.run(new Call(target, method, arguments)))));
  }

  private @Nullable Object wrap(@Nullable Object result) {
    if (result == null || Proxy.isProxyClass(result.getClass())) {
      return result;
    }
    if (result instanceof Backend backend) {
      return broken(Backend.class, backend);
    }
    if (result instanceof WriteTransaction writing) {
      return broken(WriteTransaction.class, writing);
    }
    return result instanceof ReadTransaction reading
        ? broken(ReadTransaction.class, reading)
        : result;
  }
}

package dev.tidemark.metrics;

import dev.tidemark.api.StoreFigures;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.WeakHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The open stores behind the gauges of one name in one registry. A registry keeps the first gauge
 * of a name and drops others silently; so all telemetries of that name share this.
 */
final class KnownStores {
  /** Keys are compared by identity: registries do not define equality. Guarded by the caller. */
  private static final Map<MeterRegistry, Map<String, KnownStores>> SHARED = new WeakHashMap<>();

  private final List<StoreFigures> open = new CopyOnWriteArrayList<>();
  private int users;

  private KnownStores() {}

  /** Returns what stands behind a name. Not safe for several threads. */
  static KnownStores join(MeterRegistry registry, String name) {
    KnownStores stores =
        SHARED
            .computeIfAbsent(registry, key -> new HashMap<>())
            .computeIfAbsent(name, key -> new KnownStores());
    stores.users++;
    return stores;
  }

  /** Returns whether nobody is left, so that the meters can go. Not safe for several threads. */
  static boolean leave(MeterRegistry registry, String name, KnownStores stores) {
    stores.users--;
    if (stores.users > 0) {
      return false;
    }
    Map<String, KnownStores> names = SHARED.get(registry);
    if (names != null && names.remove(name, stores) && names.isEmpty()) {
      SHARED.remove(registry);
    }
    return true;
  }

  void add(StoreFigures figures) {
    open.add(figures);
  }

  void remove(StoreFigures figures) {
    open.remove(figures);
  }

  int count() {
    return open.size();
  }

  double sum(Function<StoreFigures, OptionalLong> figure) {
    return combine(figure, true);
  }

  double largest(Function<StoreFigures, OptionalLong> figure) {
    return combine(figure, false);
  }

  /**
   * A zero is said only where every store knows; what is above zero is worth saying in any case.
   */
  private double combine(Function<StoreFigures, OptionalLong> figure, boolean isSum) {
    List<OptionalLong> figures = open.stream().map(figure).toList();
    LongStream known = figures.stream().flatMapToLong(OptionalLong::stream);
    long value = isSum ? known.sum() : known.max().orElse(0);
    boolean isComplete = !figures.isEmpty() && figures.stream().allMatch(OptionalLong::isPresent);
    return value == 0 && !isComplete ? Double.NaN : value;
  }
}

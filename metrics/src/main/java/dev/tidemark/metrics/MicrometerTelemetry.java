package dev.tidemark.metrics;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.StoreFigures;
import dev.tidemark.api.Telemetry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Hands what stores tell to a registry of Micrometer, as {@link TidemarkMetric} lists it. Safe for
 * several threads.
 *
 * <p>All meters are there from the start, so that the first error of a kind is seen as an increase.
 * Stores that share a name share their meters, whether they share a telemetry or have one each:
 * counts and gauges are then of all of them together. Closing a store takes it out of the gauges;
 * the telemetry itself can stay as long as its registry.
 */
public final class MicrometerTelemetry implements Telemetry, AutoCloseable {
  private static final String DEFAULT_STORE = "default";
  private static final int MAX_NAME = 64;

  /**
   * Held while meters are registered or removed: a telemetry that is made as the last one of its
   * name goes would otherwise be handed the meters that are on their way out.
   */
  private static final Object REGISTRATION = new Object();

  private final MeterRegistry registry;
  private final String store;
  private final KnownStores stores;
  private final Meters meters;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private final Timer chunkRead;
  private final Timer emptyRead;
  private final DistributionSummary readBytes;
  private final DistributionSummary readOperations;
  private final Timer chunkApply;
  private final DistributionSummary applyBytes;
  private final DistributionSummary applyOperations;
  private final Timer append;
  private final DistributionSummary appendOperations;
  private final Counter late;
  private final Map<CatchUpPath, CatchUpMeters> catchUps = new EnumMap<>(CatchUpPath.class);
  private final Map<ErrorCode, Counter> retries = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Counter> errors = new EnumMap<>(ErrorCode.class);

  private MicrometerTelemetry(MeterRegistry registry, String store) {
    this.registry = registry;
    this.store = store;
    this.stores = KnownStores.join(registry, store);
    this.meters = new Meters(registry, store);
    chunkRead = meters.timer(TidemarkMetric.CHUNK_READ, "chunk");
    emptyRead = meters.timer(TidemarkMetric.CHUNK_READ, "none");
    readBytes = meters.summary(TidemarkMetric.CHUNK_READ_SIZE);
    readOperations = meters.summary(TidemarkMetric.CHUNK_READ_OPERATIONS);
    chunkApply = meters.timer(TidemarkMetric.CHUNK_APPLY);
    applyBytes = meters.summary(TidemarkMetric.CHUNK_APPLY_SIZE);
    applyOperations = meters.summary(TidemarkMetric.CHUNK_APPLY_OPERATIONS);
    append = meters.timer(TidemarkMetric.APPEND);
    appendOperations = meters.summary(TidemarkMetric.APPEND_OPERATIONS);
    late = meters.counter(TidemarkMetric.APPEND_LATE);
    for (CatchUpPath path : CatchUpPath.values()) {
      if (path != CatchUpPath.NONE) {
        catchUps.put(path, CatchUpMeters.of(meters, path));
      }
    }
    for (ErrorCode code : ErrorCode.values()) {
      errors.put(code, meters.counter(TidemarkMetric.ERRORS, code.name()));
      if (code.isRetryable()) {
        retries.put(code, meters.counter(TidemarkMetric.RETRIES, code.name()));
      }
    }
    meters.gauge(TidemarkMetric.PENDING, () -> stores.sum(StoreFigures::pendingOperations));
    meters.gauge(TidemarkMetric.BEHIND, () -> stores.sum(StoreFigures::documentsBehind));
    meters.gauge(TidemarkMetric.STAGED, () -> stores.sum(StoreFigures::stagedPayloads));
    meters.gauge(TidemarkMetric.OPEN, stores::count);
    meters.timeGauge(
        TidemarkMetric.FRONTIER_AGE, () -> stores.largest(StoreFigures::oldestFrontierNanos));
  }

  /**
   * Makes a telemetry for the only store, or for stores that need not be told apart.
   *
   * @param registry where the meters are registered
   * @return the telemetry, for the builder of a store
   */
  public static MicrometerTelemetry of(MeterRegistry registry) {
    return of(registry, DEFAULT_STORE);
  }

  /**
   * Makes a telemetry for a store that is told apart from others.
   *
   * @param registry where the meters are registered
   * @param store the value of the tag {@code store}: one of a few fixed names, 1 to 64 characters;
   *     never made of what users enter
   * @return the telemetry, for the builder of a store
   */
  public static MicrometerTelemetry of(MeterRegistry registry, String store) {
    if (store.isBlank() || store.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "the name of a store has 1.." + MAX_NAME + " characters, not \"" + store + '"');
    }
    synchronized (REGISTRATION) {
      return new MicrometerTelemetry(registry, store);
    }
  }

  @Override
  public void chunkRead(int bytes, int operations, long nanos) {
    if (bytes == 0) {
      emptyRead.record(nanos, TimeUnit.NANOSECONDS);
      return;
    }
    chunkRead.record(nanos, TimeUnit.NANOSECONDS);
    readBytes.record(bytes);
    readOperations.record(operations);
  }

  @Override
  public void chunkApplied(int bytes, int operations, long nanos) {
    chunkApply.record(nanos, TimeUnit.NANOSECONDS);
    applyBytes.record(bytes);
    applyOperations.record(operations);
  }

  @Override
  public void appended(int operations, int lateOperations, long nanos) {
    append.record(nanos, TimeUnit.NANOSECONDS);
    appendOperations.record(operations);
    if (lateOperations > 0) {
      late.increment(lateOperations);
    }
  }

  @Override
  public void caughtUp(CatchUp work) {
    CatchUpMeters path = catchUps.get(work.path());
    if (path != null) {
      path.record(work);
    }
  }

  @Override
  public void retried(ErrorCode cause) {
    increment(retries.get(cause));
  }

  @Override
  public void failed(ErrorCode code) {
    increment(errors.get(code));
  }

  private static void increment(@Nullable Counter counter) {
    if (counter != null) {
      counter.increment();
    }
  }

  @Override
  public void opened(StoreFigures figures) {
    stores.add(figures);
  }

  @Override
  public void closed(StoreFigures figures) {
    stores.remove(figures);
  }

  /**
   * Takes the meters out of the registry, unless another telemetry has the same name there. Only
   * needed where stores come and go while the registry stays; close the stores first.
   */
  @Override
  public void close() {
    synchronized (REGISTRATION) {
      if (!isClosed.getAndSet(true) && KnownStores.leave(registry, store, stores)) {
        meters.remove();
      }
    }
  }
}

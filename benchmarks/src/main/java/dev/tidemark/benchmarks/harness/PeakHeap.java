package dev.tidemark.benchmarks.harness;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The most that was still in use after any collection of garbage. Small collections leave garbage
 * behind, as much of it as there is room for; {@link #collectOften} leaves that out.
 */
public final class PeakHeap {
  private static final String WHOLE = "end of major GC";
  private static final long PAUSE_NANOS = 20_000_000;

  private final AtomicLong peak = new AtomicLong();
  private volatile boolean isWholeOnly;

  /** Starts to listen to the collectors. */
  public PeakHeap() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      if (collector instanceof NotificationEmitter emitter) {
        emitter.addNotificationListener(
            (notification, handback) -> {
              if (notification.getUserData() instanceof CompositeData data) {
                note(data);
              }
            },
            null,
            null);
      }
    }
  }

  /**
   * Calls for whole collections all the time, so that they meet the work at whatever it does, and
   * looks at no others. The work takes several times as long.
   */
  public void collectOften() {
    isWholeOnly = true;
    Thread collecting = new Thread(PeakHeap::collect, "collecting");
    collecting.setDaemon(true);
    collecting.start();
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private static void collect() {
    while (true) {
      System.gc();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void note(CompositeData data) {
    GarbageCollectionNotificationInfo collection = GarbageCollectionNotificationInfo.from(data);
    if (isWholeOnly && !collection.getGcAction().equals(WHOLE)) {
      return;
    }
    long used = 0;
    for (var pool : collection.getGcInfo().getMemoryUsageAfterGc().entrySet()) {
      if (isHeap(pool.getKey())) {
        MemoryUsage usage = pool.getValue();
        used += usage.getUsed();
      }
    }
    peak.accumulateAndGet(used, Math::max);
  }

  private static boolean isHeap(String pool) {
    return pool.contains("Eden")
        || pool.contains("Survivor")
        || pool.contains("Tenured")
        || pool.contains("Old");
  }

  /**
   * Returns the peak, after one more collection.
   *
   * @return mebibytes
   */
  public double mebibytes() {
    // There may have been none, and notifications come some time later.
    System.gc();
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      used += usage != null && isHeap(pool.getName()) ? usage.getUsed() : 0;
    }
    peak.accumulateAndGet(used, Math::max);
    return peak.get() / 1048576.0;
  }
}

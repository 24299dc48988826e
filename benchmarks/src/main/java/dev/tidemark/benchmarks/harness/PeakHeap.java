package dev.tidemark.benchmarks.harness;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** The most that was still in use after any collection of garbage. */
public final class PeakHeap {
  private final AtomicLong peak = new AtomicLong();

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

  private void note(CompositeData data) {
    long used = 0;
    var after = GarbageCollectionNotificationInfo.from(data).getGcInfo().getMemoryUsageAfterGc();
    for (var pool : after.entrySet()) {
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

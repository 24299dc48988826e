package dev.tidemark.cli.demo;

import dev.tidemark.cli.output.Text;
import java.util.Arrays;

/** Durations of many calls. Safe for several threads. */
final class Latencies {
  private long[] nanos = new long[64];
  private int count;

  synchronized void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count] = duration;
    count++;
  }

  synchronized int count() {
    return count;
  }

  String median() {
    return shown(50);
  }

  String percentile99() {
    return shown(99);
  }

  /** The smallest duration that is not below so many percent of all; 0 without any. */
  synchronized long percentile(int percent) {
    if (count == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(percent / 100.0 * count);
    return sorted[Math.max(1, rank) - 1];
  }

  private String shown(int percent) {
    return count() == 0 ? "-" : Text.duration(percentile(percent));
  }
}

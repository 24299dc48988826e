package dev.tidemark.metrics;

import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Upper bounds of histogram buckets, the same in every process, so that they can be added up. */
final class Buckets {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  private Buckets() {}

  /** From 0.1 ms, less than which no store takes, to 10 s, beyond which nobody waits. */
  static Duration[] durations() {
    return Stream.of(
            100,
            250,
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000)
        .map(micros -> Duration.ofNanos(micros * 1_000L))
        .toArray(Duration[]::new);
  }

  /** Around the sizes that chunks may be given, and small ones as ordinary pulls bring them. */
  static double[] bytes() {
    return IntStream.of(
            KIB, 4 * KIB, 16 * KIB, 64 * KIB, 256 * KIB, MIB, 5 * MIB, 16 * MIB, 32 * MIB)
        .asDoubleStream()
        .toArray();
  }

  static double[] counts() {
    return DoubleStream.of(1, 3, 10, 30, 100, 300, 1e3, 1e4, 1e5, 1e6).toArray();
  }
}

package dev.tidemark.conformance.kit.replay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many random histories one test runs, with a line every ten seconds that tells how far it is.
 * {@code tidemark.random.cases} says how many; unless it is set, a test goes on for a minute, as a
 * store that waits for its medium may take hours for what one in memory does in that time. The
 * first history runs in any case. Safe for several threads.
 */
final class RandomCases {
  /** Of {@code tidemark.random.cases}, and the most that a minute is used for. */
  private static final long MOST = 50_000;

  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final long most;
  private final boolean isTimed;
  private final LongSupplier nanos;
  private final Consumer<String> lines;
  private final long start;
  private final AtomicLong begun = new AtomicLong();
  private final AtomicLong nextLine = new AtomicLong(BETWEEN_LINES.toNanos());

  /**
   * Begins to count.
   *
   * @param asked how many; null for as many as fit into a minute
   * @param share a test runs one of so many of them, at least one
   * @param nanos a clock
   * @param lines receives what is told
   */
  RandomCases(@Nullable Long asked, int share, LongSupplier nanos, Consumer<String> lines) {
    this.most = Math.max(1, (asked == null ? MOST : asked) / share);
    this.isTimed = asked == null;
    this.nanos = nanos;
    this.lines = lines;
    this.start = nanos.getAsLong();
  }

  static RandomCases oneOf(int share) {
    return new RandomCases(
        Long.getLong("tidemark.random.cases"), share, System::nanoTime, System.out::println);
  }

  /** The most that there may be. */
  long most() {
    return most;
  }

  /** How many there were so far. */
  long run() {
    return Math.min(most, begun.get());
  }

  /** Whether no further one is to begin. */
  boolean isOver() {
    return begun.get() >= most || (begun.get() > 0 && isTimeOver());
  }

  /** Whether another one is to run, which is then counted. */
  boolean next() {
    if (begun.get() > 0 && isTimeOver()) {
      return false;
    }
    boolean isWanted = begun.incrementAndGet() <= most;
    tell();
    return isWanted;
  }

  private boolean isTimeOver() {
    return isTimed && elapsed() >= LONGEST.toNanos();
  }

  private long elapsed() {
    return nanos.getAsLong() - start;
  }

  private void tell() {
    long elapsed = elapsed();
    long due = nextLine.get();
    if (elapsed >= due && nextLine.compareAndSet(due, elapsed + BETWEEN_LINES.toNanos())) {
      lines.accept(this + ", " + Duration.ofNanos(elapsed).toSeconds() + " s");
    }
  }

  @Override
  public String toString() {
    return "random histories: " + run() + " of " + (isTimed ? "at most " : "") + most;
  }
}

package dev.tidemark.sqlite.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Leaves a processor to the writer. What a scan of the log reads is mostly at hand, so it computes
 * from its beginning to its end: more scans at a time than there are processors are no faster, and
 * take the writer's. Beside eight readers on two processors it had a sixth of its speed; see
 * docs/performance.md.
 *
 * <p>So while somebody writes, and for a moment after, one scan less runs at a time than there are
 * processors, but always one. It is a courtesy and no lock: a reader that would be one too many
 * waits once in its transaction, and for a tenth of a second at most, then goes on beside the
 * others. Readers still never wait for a writer to end, only for each other. Of writers in other
 * processes nothing is known.
 */
final class ScanTurns {
  /** Writers that append again and again pause less. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Long enough for seven chunks of 256 KiB, and short beside what {@code LogLimit} waits. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** How often who waits looks whether somebody still writes. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** More rows than most chunks have. Who scans all of a log must not keep others waiting. */
  static final int ROWS = 50_000;

  private final int most;
  private final long pauseNanos;
  private final long patienceNanos;
  private final Semaphore permits;
  private volatile boolean isWriting;
  private volatile long writtenAt;

  ScanTurns() {
    this(Runtime.getRuntime().availableProcessors() - 1, PAUSE_NANOS, PATIENCE_NANOS);
  }

  ScanTurns(int most, long pauseNanos, long patienceNanos) {
    this.most = Math.max(1, most);
    this.pauseNanos = pauseNanos;
    this.patienceNanos = patienceNanos;
    this.permits = new Semaphore(this.most, true);
    this.writtenAt = System.nanoTime() - pauseNanos;
  }

  /** One scan, which has a turn or goes on without. */
  final class Turn {
    private final AtomicBoolean isHeld;
    private int rows;

    private Turn(boolean isHeld) {
      this.isHeld = new AtomicBoolean(isHeld);
    }

    /** Counts a row; after many of them the turn is another's. */
    void row() {
      if (++rows == ROWS) {
        end();
      }
    }

    /** Ends the turn, at the latest when the scan ends. */
    void end() {
      if (isHeld.getAndSet(false)) {
        permits.release();
      }
    }
  }

  /** A write transaction begins. */
  void writing() {
    isWriting = true;
  }

  /** What it wrote is committed or rolled back. */
  void written() {
    writtenAt = System.nanoTime();
    isWriting = false;
  }

  boolean isWriting() {
    return isWriting;
  }

  boolean isWriterAbout() {
    return isWriting || System.nanoTime() - writtenAt < pauseNanos;
  }

  /** How many scans have a turn. */
  int scanning() {
    return most - permits.availablePermits();
  }

  /** The scan of a writer, which is who the others leave a processor to. */
  Turn ofWriter() {
    return new Turn(false);
  }

  /** A scan that does not wait. */
  Turn takeAtOnce() {
    return new Turn(permits.tryAcquire());
  }

  /** A scan that waits where it would be one too many, as long as somebody writes. */
  Turn take() {
    long start = System.nanoTime();
    try {
      while (isWriterAbout() && System.nanoTime() - start < patienceNanos) {
        if (permits.tryAcquire(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
          return new Turn(true);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return takeAtOnce();
  }
}

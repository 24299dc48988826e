package dev.tidemark.sqlite.internal;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Leaves a processor to the writer. A scan of the log computes from its beginning to its end: more
 * of them at a time than there are processors are no faster, and take the writer's. Beside eight
 * readers on two processors it had a sixth of its speed; see docs/performance.md.
 *
 * <p>So while somebody writes, and for a moment after, one scan less runs at a time than there are
 * processors. It is a courtesy and no lock: nobody waits for long, and correctness does not rest on
 * it. Of the writers of other processes nothing is known.
 */
final class ScanTurns {
  /** Writers that append again and again pause less. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long PATIENCE_MILLIS = 1_000;

  private final Semaphore permits;
  private volatile boolean isWriting;
  private volatile long writtenAt = System.nanoTime() - PAUSE_NANOS;

  ScanTurns(int processors) {
    // Fair, so that readers pass in turn.
    permits = new Semaphore(Math.max(1, processors - 1), true);
  }

  /** A write transaction begins. */
  void writing() {
    isWriting = true;
  }

  /** It has ended. */
  void written() {
    writtenAt = System.nanoTime();
    isWriting = false;
  }

  /** Waits for the turn to scan, and returns whether there is one to be ended. */
  boolean take() {
    if (!isWriting && System.nanoTime() - writtenAt >= PAUSE_NANOS) {
      return permits.tryAcquire();
    }
    try {
      return permits.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Ends a scan.
   *
   * @param hadTurn what {@link #take} returned
   */
  void end(boolean hadTurn) {
    if (hadTurn) {
      permits.release();
    }
  }
}

package dev.tidemark.sqlite.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Leaves a processor to the writer. What a scan of the log reads is mostly at hand, so it computes
 * from its beginning to its end: more scans at a time than there are processors are no faster, and
 * take the writer's. Beside eight readers on two processors it had a sixth of its speed; see
 * docs/performance.md.
 *
 * <p>So while somebody writes, and for a moment after, one scan less runs at a time than there are
 * processors, but always one. It is a courtesy and no lock: a reader that would be one too many
 * waits once in its transaction, and for a fifth of a second at most, then goes on beside the
 * others. Readers still never wait for a writer to end, only for each other. Of writers in other
 * processes nothing is known.
 */
final class ScanTurns {
  /** Writers that append again and again pause less. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /**
   * Enough for twenty chunks of 256 KiB of small rows, at 10 ms each, and short beside what {@code
   * LogLimit} waits.
   */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** How often who waits looks whether somebody still writes. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** More rows than most chunks have. Who scans all of a log must not keep others waiting. */
  static final int ROWS = 50_000;

  private final int most;
  private final long pauseNanos;
  private final long patienceNanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isMoving = lock.newCondition();

  /** First come, first served: who waits on while others pass goes on beside them in the end. */
  private final Deque<Thread> waiting = new ArrayDeque<>();

  private int scanning;
  private volatile boolean isWriting;
  private volatile long writtenAt;

  ScanTurns() {
    this(Runtime.getRuntime().availableProcessors() - 1, PAUSE_NANOS, PATIENCE_NANOS);
  }

  ScanTurns(int most, long pauseNanos, long patienceNanos) {
    this.most = Math.max(1, most);
    this.pauseNanos = pauseNanos;
    this.patienceNanos = patienceNanos;
    this.writtenAt = System.nanoTime() - pauseNanos;
  }

  /** One scan, which has a turn or goes on without. */
  final class Turn {
    private boolean isHeld;
    private int rows;

    private Turn(boolean isHeld) {
      this.isHeld = isHeld;
    }

    /** Counts a row; after many of them the turn is another's. */
    void row() {
      if (++rows == ROWS) {
        end();
      }
    }

    /** Ends the turn, at the latest when the scan ends. */
    void end() {
      if (isHeld) {
        isHeld = false;
        release();
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
    lock.lock();
    try {
      return scanning;
    } finally {
      lock.unlock();
    }
  }

  /** The scan of a writer, which is who the others leave a processor to. */
  Turn ofWriter() {
    return new Turn(false);
  }

  /** A scan that does not wait. */
  Turn takeAtOnce() {
    lock.lock();
    try {
      boolean isFree = scanning < most;
      scanning += isFree ? 1 : 0;
      return new Turn(isFree);
    } finally {
      lock.unlock();
    }
  }

  /** A scan that waits where it would be one too many, as long as somebody writes. */
  Turn take() {
    lock.lock();
    try {
      awaitTurn(Thread.currentThread());
      return takeAtOnce();
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(Thread self) {
    waiting.addLast(self);
    try {
      long rest = patienceNanos;
      while (isWriterAbout() && rest > 0 && !isNext(self)) {
        long look = Math.min(rest, LOOK_NANOS);
        rest -= look - Math.min(look, isMoving.awaitNanos(look));
      }
    } catch (InterruptedException e) {
      self.interrupt();
    } finally {
      waiting.remove(self);
      isMoving.signalAll();
    }
  }

  private boolean isNext(Thread thread) {
    return scanning < most && thread.equals(waiting.peekFirst());
  }

  private void release() {
    lock.lock();
    try {
      scanning--;
      isMoving.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

package dev.tidemark.sqlite.internal;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.sqlite.internal.store.LogLimit;
import dev.tidemark.sqlite.internal.store.Session;
import dev.tidemark.sqlite.internal.store.SqlFailures;
import dev.tidemark.sqlite.internal.store.StoreFile;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write. Threads of this process queue here, first come, first served; SQLite's
 * own lock, which processes compete for, knows no queue.
 */
final class WriterTurn {
  private final StoreFile file;
  private final long patienceNanos;
  private final Semaphore permit = new Semaphore(1, true);
  private final LogLimit log;
  private volatile @Nullable Thread holder;

  WriterTurn(StoreFile file, int busyTimeoutMillis) {
    this.file = file;
    this.log = new LogLimit(file);
    this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(busyTimeoutMillis);
  }

  /** Waits for the turn, and returns when the waiting began. */
  long take() {
    if (isMine()) {
      // No STORE_BUSY, which is tried again: it would wait for itself each time.
      throw file.failure(
              ErrorCode.INVALID_ARGUMENT,
              "this thread writes already",
              "end its write transaction first")
          .build();
    }
    long start = System.nanoTime();
    if (!await(patienceNanos)) {
      throw file.failure(
              ErrorCode.STORE_BUSY,
              "another thread writes for too long",
              "try again, or raise the URI's busy_timeout")
          .build();
    }
    holder = Thread.currentThread();
    return start;
  }

  /**
   * Begins the transaction, for as long as other processes write. Takes SQLite's lock at once: a
   * transaction that begins by reading and then writes fails when another process has written in
   * between, however long it would wait.
   */
  void begin(Session writer, long start) throws SQLException {
    while (true) {
      try {
        writer.execute("BEGIN IMMEDIATE");
        return;
      } catch (SQLException e) {
        if (!SqlFailures.isBusy(e) || System.nanoTime() - start >= patienceNanos) {
          throw e;
        }
        // SQLite has waited for a moment itself, so this loop does not spin.
        if (Thread.currentThread().isInterrupted()) {
          throw interrupted(e);
        }
      }
    }
  }

  /** Looks after the log, once a transaction of this turn is committed. */
  void committed(Session writer) {
    log.afterCommit(writer);
  }

  private boolean await(long nanos) {
    try {
      return permit.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
  }

  private RuntimeException interrupted(Exception cause) {
    return file.failure(
            ErrorCode.INTERRUPTED, "the thread waited to write", "call again if it is still wanted")
        .causedBy(cause)
        .build();
  }

  private boolean isMine() {
    return Thread.currentThread().equals(holder);
  }

  /** Ends the turn, in whatever thread. */
  void end() {
    holder = null;
    permit.release();
  }

  /**
   * Lets whoever writes finish, so that closing the store does not undo work that is about to be
   * committed. Returns whether it has the turn now: not after the time for it, and not if it is the
   * caller who writes.
   */
  boolean takeLast() {
    try {
      return !isMine() && permit.tryAcquire(patienceNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

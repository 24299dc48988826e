package dev.tidemark.sqlite.internal;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.spi.support.WriterTurns;
import dev.tidemark.sqlite.internal.store.LogLimit;
import dev.tidemark.sqlite.internal.store.Session;
import dev.tidemark.sqlite.internal.store.SqlFailures;
import dev.tidemark.sqlite.internal.store.StoreFile;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to write. Threads of this process queue here, first come, first served; SQLite's
 * own lock, which processes compete for, knows no queue.
 */
final class WriterTurn {
  private final StoreFile file;
  private final long patienceNanos;
  private final WriterTurns<StoreFile> turns;
  private final LogLimit log;
  private volatile WriterTurns.@Nullable Turn current;

  WriterTurn(StoreFile file, int busyTimeoutMillis) {
    this.file = file;
    this.log = new LogLimit(file);
    this.patienceNanos = TimeUnit.MILLISECONDS.toNanos(busyTimeoutMillis);
    this.turns =
        new WriterTurns<>(
            busyTimeoutMillis,
            "try again, or raise the URI's busy_timeout",
            (key, code, problem, remedy) -> key.failure(code, problem, remedy));
  }

  /** Waits for the turn, and returns when the waiting began. */
  long take() {
    long start = System.nanoTime();
    current = turns.take(file);
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

  private RuntimeException interrupted(Exception cause) {
    return file.failure(
            ErrorCode.INTERRUPTED, "the thread waited to write", "call again if it is still wanted")
        .causedBy(cause)
        .build();
  }

  /** Ends the turn, in whatever thread. */
  void end() {
    WriterTurns.Turn ended = current;
    current = null;
    if (ended != null) {
      ended.end();
    }
  }

  /** Lets whoever writes finish. Returns whether it has the turn now, which is then to be ended. */
  boolean takeLast() {
    Optional<WriterTurns.Turn> last = turns.takeLast(file);
    last.ifPresent(turn -> current = turn);
    return last.isPresent();
  }
}

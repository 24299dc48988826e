package dev.tidemark.sqlite.internal.store;

import java.sql.SQLException;

/**
 * Keeps the write-ahead log from growing without end where somebody reads at every moment, as those
 * do who follow a document. SQLite begins the log anew only when all of it is in the file and no
 * reader needs it; with readers that overlap and a writer that never pauses, that moment never
 * comes by itself. So beyond a size the writer waits for it: no longer than readers that renew
 * their snapshot take, and once for each further so many bytes where they do not.
 *
 * <p>Used by whoever has the turn to write.
 */
public final class LogLimit {
  /** How long other writers are kept waiting as well, which is within their patience. */
  private static final int WAIT_MILLIS = 600;

  private final StoreFile file;
  private long next = Sessions.KEPT_LOG_BYTES;

  /**
   * Makes a limit.
   *
   * @param file the store
   */
  public LogLimit(StoreFile file) {
    this.file = file;
  }

  /**
   * Looks after the log, after a commit. What fails here is tried again later, and has no part in
   * the commit.
   *
   * @param writer the session that committed
   */
  public void afterCommit(Session writer) {
    long size = file.log().length();
    // A reader that stayed raised the limit; SQLite may have begun the log anew since it went.
    next =
        size <= Sessions.KEPT_LOG_BYTES
            ? Sessions.KEPT_LOG_BYTES
            : Math.min(next, size + Sessions.KEPT_LOG_BYTES);
    if (size <= next) {
      return;
    }
    try {
      long patience = writer.number("PRAGMA busy_timeout");
      writer.execute("PRAGMA busy_timeout=" + WAIT_MILLIS);
      try {
        boolean isBusy = writer.number("PRAGMA wal_checkpoint(RESTART)") != 0;
        next = Sessions.KEPT_LOG_BYTES + (isBusy ? size : 0);
      } finally {
        writer.execute("PRAGMA busy_timeout=" + patience);
      }
    } catch (SQLException e) {
      next = Sessions.KEPT_LOG_BYTES + size;
    }
  }
}

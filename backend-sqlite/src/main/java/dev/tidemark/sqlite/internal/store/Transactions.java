package dev.tidemark.sqlite.internal.store;

import java.sql.SQLException;

/** The beginning and end of SQLite's transactions. */
public final class Transactions {
  private Transactions() {}

  /**
   * Rolls back, if SQLite has not done so itself.
   *
   * @param session the session
   * @param failure why; takes a further failure on
   */
  public static void rollBackAfter(Session session, Exception failure) {
    try {
      rollBack(session);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Rolls back, if SQLite has not done so itself, as it does when the medium is full or fails.
   *
   * @param session the session
   * @throws SQLException if it fails
   */
  public static void rollBack(Session session) throws SQLException {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
        throw e;
      }
    }
  }
}

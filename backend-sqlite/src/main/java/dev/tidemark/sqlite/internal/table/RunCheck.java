package dev.tidemark.sqlite.internal.table;

import dev.tidemark.sqlite.internal.store.DamagedRowException;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Looks whether a scan of the log meets every operation of its runs. Without this, a row that is
 * lost would be passed over, and a tree made from the others would be taken for whole.
 */
final class RunCheck {
  /** Columns of {@link OperationTable#SCAN}, behind those of the operation. */
  private static final int NUMBER = 12;

  private static final int FIRST = 13;
  private static final int END = 14;

  private final Session session;

  /** The first and the end of the run at hand, as far as the scan goes through it. */
  private long first;

  private long end;
  private long next;

  RunCheck(Session session) {
    this.session = session;
  }

  /** Takes the next row, which holds no operation where none of a run is left or asked for. */
  boolean isOperation(ResultSet row) throws SQLException {
    long rowFirst = row.getLong(FIRST);
    long rowEnd = row.getLong(END);
    if (rowFirst != first || rowEnd != end) {
      end();
      first = rowFirst;
      end = rowEnd;
      next = rowFirst;
    }
    long number = row.getLong(NUMBER);
    if (row.wasNull()) {
      return false;
    }
    if (number != next) {
      throw lost();
    }
    next++;
    return true;
  }

  /** Follows the last row. */
  void end() throws SQLException {
    if (next < end) {
      throw lost();
    }
  }

  private SQLException lost() throws SQLException {
    session.verifySnapshot();
    return new DamagedRowException("the log has lost its operation of number " + next);
  }
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Removes what the log says as well, in bounded steps. */
public final class TreeRemoval {
  private static final List<String> STATEMENTS =
      List.of(
          """
          DELETE FROM node WHERE document = ?1
            AND node IN (SELECT node FROM node WHERE document = ?1 ORDER BY node LIMIT ?2)""",
          """
          DELETE FROM deletion WHERE document = ?1
            AND node IN (SELECT node FROM deletion WHERE document = ?1 ORDER BY node LIMIT ?2)""",
          """
          DELETE FROM structural WHERE document = ?1
            AND (node, lamport, replica, counter) IN (
              SELECT node, lamport, replica, counter FROM structural WHERE document = ?1
              ORDER BY node, lamport, replica, counter LIMIT ?2)""",
          """
          DELETE FROM parent_operation WHERE document = ?1
            AND (parent, operation) IN (
              SELECT parent, operation FROM parent_operation WHERE document = ?1
              ORDER BY parent, operation LIMIT ?2)""");

  private TreeRemoval() {}

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeTree}. */
  public static int remove(Session session, DocumentRow document, int limit) throws SQLException {
    int removed = 0;
    for (String sql : STATEMENTS) {
      if (removed < limit) {
        PreparedStatement statement = session.prepare(sql);
        statement.setLong(1, document.number());
        statement.setInt(2, limit - removed);
        removed += statement.executeUpdate();
      }
    }
    return removed;
  }
}

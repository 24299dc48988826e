package dev.tidemark.postgres.internal.table;

import dev.tidemark.postgres.internal.store.Session;
import java.sql.SQLException;
import java.util.List;

/** Removes what the log says as well, in bounded steps. */
public final class TreeRemoval {
  static final List<String> STATEMENTS =
      List.of(
          one("node", "node"),
          one("deletion", "node"),
          two("structural", "node", "operation"),
          two("parent_operation", "parent", "position"));

  private TreeRemoval() {}

  private static String one(String table, String key) {
    return """
    DELETE FROM tidemark.TABLE WHERE document = ? AND KEY IN (
      SELECT f.KEY FROM tidemark.TABLE f WHERE f.document = ? ORDER BY f.KEY LIMIT ?)"""
        .replace("TABLE", table)
        .replace("KEY", key);
  }

  private static String two(String table, String first, String second) {
    return """
    DELETE FROM tidemark.TABLE WHERE document = ? AND (FIRST, SECOND) IN (
      SELECT f.FIRST, f.SECOND FROM tidemark.TABLE f WHERE f.document = ?
      ORDER BY f.FIRST, f.SECOND LIMIT ?)"""
        .replace("TABLE", table)
        .replace("FIRST", first)
        .replace("SECOND", second);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeTree}. */
  public static int remove(Session session, DocumentRow document, int limit) throws SQLException {
    int removed = 0;
    for (String sql : STATEMENTS) {
      if (removed < limit) {
        removed +=
            new Query(session, sql)
                .number(document.number())
                .number(document.number())
                .limit(limit - removed)
                .change();
      }
    }
    return removed;
  }
}

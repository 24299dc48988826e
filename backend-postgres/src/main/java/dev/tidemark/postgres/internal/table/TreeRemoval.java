package dev.tidemark.postgres.internal.table;

import dev.tidemark.postgres.internal.store.Session;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes what the log says as well, in bounded steps: it looks up the key up to which there are as
 * many rows as may go, and removes that range.
 */
public final class TreeRemoval {
  static final List<Table> TABLES =
      List.of(
          new Table("node", "node", null),
          new Table("deletion", "node", null),
          new Table("structural", "node", "operation"),
          new Table("parent_operation", "parent", "place"));

  private TreeRemoval() {}

  /** A table, and the columns of its key behind the document. */
  record Table(String name, String first, @Nullable String second) {
    private String key() {
      return second == null ? first : first + ", " + second;
    }

    /** The key of the last row that may go. */
    String bound() {
      return "SELECT KEY FROM tidemark.TABLE WHERE document = ? ORDER BY KEY OFFSET ? LIMIT 1"
          .replace("TABLE", name)
          .replace("KEY", key());
    }

    String delete(String condition) {
      return "DELETE FROM tidemark." + name + " WHERE document = ?" + condition;
    }

    /** Where a key has one part: up to it. Where it has two: what comes before its first one. */
    String upTo() {
      return " AND " + first + (second == null ? " <= ?" : " < ?");
    }

    /** Where a key has two parts: of its first one, up to its second one. */
    String within() {
      return " AND " + first + " = ? AND " + second + " <= ?";
    }
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeTree}. */
  public static int remove(Session session, DocumentRow document, int limit) throws SQLException {
    int removed = 0;
    for (Table table : TABLES) {
      if (removed < limit) {
        removed += remove(session, document, table, limit - removed);
      }
    }
    return removed;
  }

  private static int remove(Session session, DocumentRow document, Table table, int limit)
      throws SQLException {
    boolean isSingle = table.second() == null;
    List<byte[][]> bounds =
        new Query(session, table.bound())
            .number(document.number())
            .limit(limit - 1)
            .read(
                table.name(),
                row ->
                    isSingle
                        ? new byte[][] {row.getBytes(1)}
                        : new byte[][] {row.getBytes(1), row.getBytes(2)});
    if (bounds.isEmpty()) {
      return delete(session, document, table, "");
    }
    byte[][] bound = bounds.get(0);
    int removed = delete(session, document, table, table.upTo(), bound[0]);
    return isSingle ? removed : removed + delete(session, document, table, table.within(), bound);
  }

  private static int delete(
      Session session, DocumentRow document, Table table, String condition, byte[]... parameters)
      throws SQLException {
    Query query = new Query(session, table.delete(condition)).number(document.number());
    for (byte[] parameter : parameters) {
      query.bytes(parameter);
    }
    return query.change();
  }
}

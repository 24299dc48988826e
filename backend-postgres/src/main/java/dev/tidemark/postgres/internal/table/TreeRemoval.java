package dev.tidemark.postgres.internal.table;

import dev.tidemark.postgres.internal.store.Session;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes what the log says as well, in bounded steps: it looks up the key up to which there are as
 * many rows as may go, and removes that range. Each step begins where the one before has ended:
 * until the transaction is over, what it removed stays in the index, and whoever begins in front
 * walks over all of it.
 */
public final class TreeRemoval {
  static final List<Table> TABLES =
      List.of(
          new Table("node", "node", null),
          new Table("deletion", "node", null),
          new Table("structural", "node", "operation"),
          new Table("parent_operation", "parent", "place"));

  private final Session session;
  private final DocumentRow document;
  private int tablesDone;

  /** Up to this first part of the key, all rows of the table are gone but those below. */
  private byte[] first = Keys.ABSENT;

  /** Up to this second part, the rows of the first one are gone; null if all of them are. */
  private byte @Nullable [] second;

  /**
   * Begins in front of the first row.
   *
   * @param session a session that writes
   * @param document its document, to whose tree nothing is added while this goes on
   */
  public TreeRemoval(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /** A table, and the columns of its key behind the document. */
  record Table(String name, String first, @Nullable String second) {
    /** The key of the last row that may go, behind a first part. */
    String bound() {
      String key = second == null ? first : first + ", " + second;
      return lastOf(key, " AND " + first + " > ?");
    }

    /** The same among the rows of one first part. */
    String boundWithin() {
      return lastOf(String.valueOf(second), " AND " + first + " = ? AND " + second + " > ?");
    }

    private String lastOf(String key, String condition) {
      return ("SELECT KEY FROM tidemark.TABLE WHERE document = ?"
              + condition
              + " ORDER BY KEY OFFSET ? LIMIT 1")
          .replace("TABLE", name)
          .replace("KEY", key);
    }

    /** Removes all behind a first part. */
    String deleteAll() {
      return delete(" AND " + first + " > ?");
    }

    /**
     * Removes what is behind a first part and, as a key has two parts or one, before or up to
     * another.
     */
    String deleteUpTo() {
      return delete(" AND " + first + " > ? AND " + first + (second == null ? " <= ?" : " < ?"));
    }

    /** Removes rows of one first part, behind a second one. */
    String deleteWithin() {
      return delete(" AND " + first + " = ? AND " + second + " > ?");
    }

    /** Removes rows of one first part, behind a second one and up to another. */
    String deleteWithinUpTo() {
      return delete(" AND " + first + " = ? AND " + second + " > ? AND " + second + " <= ?");
    }

    private String delete(String condition) {
      return "DELETE FROM tidemark." + name + " WHERE document = ?" + condition;
    }
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeTree}. */
  public int remove(int limit) throws SQLException {
    int removed = 0;
    while (removed < limit && tablesDone < TABLES.size()) {
      Table table = TABLES.get(tablesDone);
      if (second != null) {
        removed += removeWithin(table, second, limit - removed);
      } else {
        removed += removeBehind(table, limit - removed);
      }
    }
    return removed;
  }

  private int removeWithin(Table table, byte[] behind, int limit) throws SQLException {
    List<byte[]> bound =
        new Query(session, table.boundWithin())
            .number(document.number())
            .bytes(first)
            .bytes(behind)
            .limit(limit - 1)
            .read(table.name(), row -> row.getBytes(1));
    if (bound.isEmpty()) {
      second = null;
      return delete(table.deleteWithin(), first, behind);
    }
    second = bound.get(0);
    return delete(table.deleteWithinUpTo(), first, behind, second);
  }

  private int removeBehind(Table table, int limit) throws SQLException {
    boolean isSingle = table.second() == null;
    byte[] behind = first;
    List<byte[][]> bounds =
        new Query(session, table.bound())
            .number(document.number())
            .bytes(behind)
            .limit(limit - 1)
            .read(
                table.name(),
                row ->
                    isSingle
                        ? new byte[][] {row.getBytes(1)}
                        : new byte[][] {row.getBytes(1), row.getBytes(2)});
    if (bounds.isEmpty()) {
      tablesDone++;
      first = Keys.ABSENT;
      return delete(table.deleteAll(), behind);
    }
    byte[][] bound = bounds.get(0);
    first = bound[0];
    int removed = delete(table.deleteUpTo(), behind, first);
    if (isSingle) {
      return removed;
    }
    second = bound[1];
    return removed + delete(table.deleteWithinUpTo(), first, Keys.ABSENT, second);
  }

  private int delete(String sql, byte[]... parameters) throws SQLException {
    Query query = new Query(session, sql).number(document.number());
    for (byte[] parameter : parameters) {
      query.bytes(parameter);
    }
    return query.change();
  }
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Limits;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.spi.HistoryRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A look-up of some rows of each of many parts of histories.
 *
 * <p>On PostgreSQL it is one statement; a lateral query with ORDER BY and LIMIT is the only one
 * that takes the first rows of each part and no others. For engines that need not know that, it is
 * a statement per part.
 */
final class RangeLookup {
  private static final byte[] ABOVE_ALL = {(byte) 0xFF};

  private final Kind kind;
  private final String seeking;
  private final String portable;

  /** How a key stands in its columns. */
  private enum Kind {
    /** In one, as {@link Keys#canonical(CanonicalKey)} writes it. */
    CANONICAL,

    /** As a Lamport time and the operation's id. */
    TIME_AND_ID
  }

  private RangeLookup(
      Kind kind, String columns, String of, String seekingBounds, String bounds, String end) {
    this.kind = kind;
    String where = columns + " FROM tidemark." + of + " AND t.node = ";
    String times = kind == Kind.CANONICAL ? "" : ", after_time, before_time";
    String casts = kind == Kind.CANONICAL ? "" : ", CAST(? AS bigint[]), CAST(? AS bigint[])";
    this.seeking =
        "SELECT f.*, w.number FROM unnest(\n"
            + "  CAST(? AS bytea[]), CAST(? AS bytea[]), CAST(? AS bytea[])"
            + casts
            + ")\n  WITH ORDINALITY AS w(node, after, before"
            + times
            + ", number)\n  CROSS JOIN LATERAL (SELECT "
            + (where + "w.node" + seekingBounds + end)
            + ") AS f";
    this.portable = "SELECT " + where + "?" + bounds + end;
  }

  /** Makes the look-up of entries t of the structural index. */
  static RangeLookup ofEntries(String columns, String condition, String end) {
    return new RangeLookup(
        Kind.CANONICAL,
        columns,
        "structural t WHERE t.document = ?" + condition,
        " AND t.operation > w.after AND t.operation < w.before",
        " AND t.operation > ? AND t.operation < ?",
        end);
  }

  /** Makes the look-up of operations t of the log. */
  static RangeLookup ofOperations(String columns, String condition, String end) {
    return new RangeLookup(
        Kind.TIME_AND_ID,
        columns,
        "operation t WHERE t.document = ?" + condition,
        """
         AND (t.lamport, t.id) > (w.after_time, w.after)
            AND (t.lamport, t.id) < (w.before_time, w.before)\
        """,
        """
         AND t.lamport >= ? AND (t.lamport > ? OR t.id > ?)
            AND t.lamport <= ? AND (t.lamport < ? OR t.id < ?)\
        """,
        end);
  }

  /** Returns the statement for PostgreSQL, whose plan a test looks at. */
  String seeking() {
    return seeking;
  }

  /** Returns the statement for other engines; where it is PostgreSQL, it seeks as well. */
  String portable() {
    return portable;
  }

  /**
   * Reads the rows of each range.
   *
   * @param limit the most of each; 0 where the statement says how many
   * @param numberColumn the column behind those that were asked for
   */
  <T> Map<HistoryRange, List<T>> read(
      Session session,
      DocumentRow document,
      Collection<HistoryRange> ranges,
      int limit,
      String table,
      int numberColumn,
      Query.Row<T> reading)
      throws SQLException {
    List<HistoryRange> asked = List.copyOf(ranges);
    Map<HistoryRange, List<T>> found = new LinkedHashMap<>();
    if (session.isNative()) {
      Query query = seeking(session, asked).number(document.number());
      (limit == 0 ? query : query.limit(limit))
          .read(table, row -> add(found, asked.get(row.getInt(numberColumn) - 1), row, reading));
      return found;
    }
    for (HistoryRange range : asked) {
      Query query = portable(session, document, range);
      List<T> rows = (limit == 0 ? query : query.limit(limit)).read(table, reading);
      if (!rows.isEmpty()) {
        found.put(range, rows);
      }
    }
    return found;
  }

  private static <T> boolean add(
      Map<HistoryRange, List<T>> found, HistoryRange range, ResultSet row, Query.Row<T> reading)
      throws SQLException {
    return found.computeIfAbsent(range, r -> new ArrayList<>()).add(reading.read(row));
  }

  private Query seeking(Session session, List<HistoryRange> ranges) throws SQLException {
    Query query =
        new Query(session, seeking)
            .nodes(ranges.stream().map(HistoryRange::node).toList())
            .keys(ranges.stream().map(range -> after(range.after())).toArray(byte[][]::new))
            .keys(ranges.stream().map(range -> before(range.before())).toArray(byte[][]::new));
    if (kind == Kind.TIME_AND_ID) {
      query
          .numbers(ranges.stream().map(range -> afterTime(range.after())).toArray(Long[]::new))
          .numbers(ranges.stream().map(range -> beforeTime(range.before())).toArray(Long[]::new));
    }
    return query;
  }

  private Query portable(Session session, DocumentRow document, HistoryRange range)
      throws SQLException {
    Query query =
        new Query(session, portable).number(document.number()).bytes(range.node().toByteArray());
    if (kind == Kind.CANONICAL) {
      return query.bytes(after(range.after())).bytes(before(range.before()));
    }
    long from = afterTime(range.after());
    long through = beforeTime(range.before());
    return query
        .number(from)
        .number(from)
        .bytes(after(range.after()))
        .number(through)
        .number(through)
        .bytes(before(range.before()));
  }

  private byte[] after(@Nullable CanonicalKey key) {
    return key == null ? Keys.ABSENT : bytes(key);
  }

  private byte[] before(@Nullable CanonicalKey key) {
    return key == null ? ABOVE_ALL : bytes(key);
  }

  private byte[] bytes(CanonicalKey key) {
    return kind == Kind.CANONICAL ? Keys.canonical(key) : Keys.operation(key.id());
  }

  private static long afterTime(@Nullable CanonicalKey key) {
    return key == null ? 0 : key.lamport();
  }

  private static long beforeTime(@Nullable CanonicalKey key) {
    return key == null ? Limits.MAX_COUNT + 1 : key.lamport();
  }
}

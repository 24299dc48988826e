package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.StructuralRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The structural index. */
public final class StructuralTable {
  private static final String COLUMNS = "t.node, t.operation, t.flags, t.parent, t.order_key";

  static final RangeLookup FIND =
      RangeLookup.ofEntries(COLUMNS, "", " ORDER BY t.operation LIMIT ?");

  static final RangeLookup LAST_EFFECTIVE =
      RangeLookup.ofEntries(
          COLUMNS, " AND t.flags IN (1, 3)", " ORDER BY t.operation DESC LIMIT 1");

  static final String INNER =
      "SELECT "
          + COLUMNS
          + """
           FROM tidemark.structural t
          WHERE t.document = ? AND t.flags >= 2 AND t.operation >= ? AND t.operation <= ?
          ORDER BY t.operation LIMIT ?""";

  static final String NODES =
      """
      SELECT DISTINCT node FROM tidemark.structural WHERE document = ? AND node > ?
      ORDER BY node LIMIT ?""";
  static final String DELETED_NODES =
      """
      SELECT node FROM tidemark.deletion WHERE document = ? AND node > ?
      ORDER BY node LIMIT ?""";

  private static final BulkInsert PUT =
      BulkInsert.replacing(
          "structural",
          2,
          Column.bytes("node"),
          Column.bytes("operation"),
          Column.small("flags"),
          Column.bytes("parent"),
          Column.bytes("order_key"));

  private static final int EFFECTIVE = 1;
  private static final int IN_INNER_INDEX = 2;

  private final Session session;
  private final DocumentRow document;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public StructuralTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#structuralOperations}. */
  public Map<HistoryRange, List<StructuralRow>> find(Collection<HistoryRange> ranges, int limit)
      throws SQLException {
    Map<HistoryRange, List<StructuralRow>> found = read(FIND, ranges, limit);
    found.values().forEach(rows -> rows.sort(Comparator.comparing(StructuralRow::key)));
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#lastEffective}. */
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges)
      throws SQLException {
    Map<HistoryRange, StructuralRow> found = new HashMap<>();
    read(LAST_EFFECTIVE, ranges, 0).forEach((range, rows) -> found.put(range, rows.get(0)));
    return found;
  }

  private Map<HistoryRange, List<StructuralRow>> read(
      RangeLookup lookup, Collection<HistoryRange> ranges, int limit) throws SQLException {
    return lookup.read(session, document, ranges, limit, "structural", 6, StructuralTable::decode);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#innerOperations}. */
  public List<StructuralRow> inner(CanonicalKey from, CanonicalKey through, int limit)
      throws SQLException {
    return new Query(session, INNER)
        .number(document.number())
        .bytes(Keys.canonical(from))
        .bytes(Keys.canonical(through))
        .limit(limit)
        .read("structural", StructuralTable::decode);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#indexedNodesAfter}. */
  public List<NodeId> nodesAfter(@Nullable NodeId after, int limit) throws SQLException {
    SortedSet<NodeId> found = new TreeSet<>();
    for (String sql : List.of(NODES, DELETED_NODES)) {
      found.addAll(
          new Query(session, sql)
              .number(document.number())
              .bytes(after == null ? Keys.ABSENT : after.toByteArray())
              .limit(limit)
              .read("structural", row -> NodeId.of(row.getBytes(1))));
    }
    return found.stream().limit(limit).toList();
  }

  private static StructuralRow decode(ResultSet row) throws SQLException {
    int flags = row.getInt(3);
    return new StructuralRow(
        NodeId.of(row.getBytes(1)),
        Objects.requireNonNull(Keys.canonical(row.getBytes(2)), "an entry without a key"),
        NodeId.of(row.getBytes(4)),
        OrderKey.of(row.getBytes(5)),
        (flags & EFFECTIVE) != 0,
        (flags & IN_INNER_INDEX) != 0);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putStructural}. */
  public void put(Collection<StructuralRow> rows) throws SQLException {
    PUT.insert(session, document.number(), rows.stream().map(StructuralTable::encode).toList());
  }

  private static Object[] encode(StructuralRow row) {
    return new Object[] {
      row.node().toByteArray(),
      Keys.canonical(row.key()),
      (row.isEffective() ? EFFECTIVE : 0) | (row.isInner() ? IN_INNER_INDEX : 0),
      row.parent().toByteArray(),
      row.orderKey().toByteArray()
    };
  }
}

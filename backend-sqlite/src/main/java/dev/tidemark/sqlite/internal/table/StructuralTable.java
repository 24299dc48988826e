package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The structural index. Its keys have the replica's bytes and not its number, so that SQLite's own
 * order of them is the canonical one.
 */
public final class StructuralTable {
  private static final String COLUMNS =
      "s.node, s.lamport, s.replica, s.counter, s.flags, p.bytes, s.order_key";

  private static final String PARENT =
      """

        LEFT JOIN parent p ON p.document = ?1 AND p.number = s.parent
      """;

  /** The entries s whose keys are those of some entries e of a range w. */
  private static final String OF_RANGES =
      """

      FROM json_each(?2) w
        CROSS JOIN structural s ON s.document = ?1 AND s.node = unhex(w.value ->> 0)
          AND (s.lamport, s.replica, s.counter) %s (
            SELECT e.lamport, e.replica, e.counter FROM structural e
            WHERE e.document = ?1 AND e.node = unhex(w.value ->> 0)
              AND (e.lamport, e.replica, e.counter)
                > (w.value ->> 1, unhex(w.value ->> 2), w.value ->> 3)
              AND (e.lamport, e.replica, e.counter)
                < (w.value ->> 4, unhex(w.value ->> 5), w.value ->> 6)
              %s)""";

  static final String FIND =
      "SELECT w.key, "
          + COLUMNS
          + OF_RANGES.formatted("IN", "ORDER BY e.lamport, e.replica, e.counter LIMIT ?3")
          + PARENT;

  static final String LAST_EFFECTIVE =
      "SELECT w.key, "
          + COLUMNS
          + OF_RANGES.formatted(
              "=",
              "AND (e.flags & 1) <> 0"
                  + " ORDER BY e.lamport DESC, e.replica DESC, e.counter DESC LIMIT 1")
          + PARENT;

  static final String INNER =
      "SELECT 0, "
          + COLUMNS
          + " FROM structural s INDEXED BY inner_operation"
          + PARENT
          + """
          WHERE s.document = ?1 AND s.flags >= 2
            AND (s.lamport, s.replica, s.counter) >= (?2, ?3, ?4)
            AND (s.lamport, s.replica, s.counter) <= (?5, ?6, ?7)
          ORDER BY s.lamport, s.replica, s.counter LIMIT ?8""";

  /** Both halves come in the order of their keys, so that SQLite merges them as they come. */
  static final String INDEXED_NODES =
      """
      SELECT node FROM structural WHERE document = ?1 AND node > ?2
      UNION
      SELECT node FROM deletion WHERE document = ?1 AND node > ?2
      ORDER BY node LIMIT ?3""";

  private static final String PUT =
      """
      INSERT OR REPLACE INTO structural(document, node, lamport, replica, counter, flags, parent,
        order_key)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)""";

  private static final byte[] BEFORE_ALL = new byte[0];

  private static final int EFFECTIVE = 1;
  private static final int IN_INNER_INDEX = 2;

  private final Session session;
  private final DocumentRow document;
  private final Dictionaries dictionaries;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param dictionaries its dictionaries
   */
  public StructuralTable(Session session, DocumentRow document, Dictionaries dictionaries) {
    this.session = session;
    this.document = document;
    this.dictionaries = dictionaries;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#structuralOperations}. */
  public Map<HistoryRange, List<StructuralRow>> find(Collection<HistoryRange> ranges, int limit)
      throws SQLException {
    List<HistoryRange> keys = List.copyOf(ranges);
    PreparedStatement statement = session.prepare(FIND);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.ranges(keys));
    statement.setInt(3, limit);
    Map<HistoryRange, List<StructuralRow>> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        StructuralRow row = Decoding.of("structural", () -> decode(rows));
        found.computeIfAbsent(keys.get(rows.getInt(1)), range -> new ArrayList<>()).add(row);
      }
    }
    // They come in this order, as long as SQLite finds them by the primary key.
    found.values().forEach(rows -> rows.sort(Comparator.comparing(StructuralRow::key)));
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#lastEffective}. */
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges)
      throws SQLException {
    List<HistoryRange> keys = List.copyOf(ranges);
    PreparedStatement statement = session.prepare(LAST_EFFECTIVE);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.ranges(keys));
    Map<HistoryRange, StructuralRow> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        StructuralRow row = Decoding.of("structural", () -> decode(rows));
        found.put(keys.get(rows.getInt(1)), row);
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#innerOperations}. */
  public List<StructuralRow> inner(CanonicalKey from, CanonicalKey through, int limit)
      throws SQLException {
    PreparedStatement statement = session.prepare(INNER);
    statement.setLong(1, document.number());
    bind(statement, 2, from);
    bind(statement, 5, through);
    statement.setInt(8, limit);
    return read(statement);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#indexedNodesAfter}. */
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) throws SQLException {
    PreparedStatement statement = session.prepare(INDEXED_NODES);
    statement.setLong(1, document.number());
    statement.setBytes(2, after == null ? BEFORE_ALL : after.toByteArray());
    statement.setInt(3, limit);
    List<NodeId> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(Decoding.of("structural or deletion", () -> NodeId.of(rows.getBytes(1))));
      }
    }
    return found;
  }

  private static void bind(PreparedStatement statement, int parameter, CanonicalKey key)
      throws SQLException {
    statement.setLong(parameter, key.lamport());
    statement.setBytes(parameter + 1, key.replica().toByteArray());
    statement.setLong(parameter + 2, key.counter());
  }

  private static List<StructuralRow> read(PreparedStatement statement) throws SQLException {
    List<StructuralRow> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(Decoding.of("structural", () -> decode(rows)));
      }
    }
    return found;
  }

  /** The columns behind the first, which says what was asked for. */
  private static StructuralRow decode(ResultSet row) throws SQLException {
    CanonicalKey key =
        new CanonicalKey(row.getLong(3), ReplicaId.of(row.getBytes(4)), row.getLong(5));
    int flags = row.getInt(6);
    return new StructuralRow(
        NodeId.of(row.getBytes(2)),
        key,
        NodeId.of(row.getBytes(7)),
        OrderKey.of(row.getBytes(8)),
        (flags & EFFECTIVE) != 0,
        (flags & IN_INNER_INDEX) != 0);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putStructural}. */
  public void put(Collection<StructuralRow> rows) throws SQLException {
    dictionaries.parents().intern(rows.stream().map(StructuralRow::parent).toList());
    PreparedStatement statement = session.prepare(PUT);
    statement.clearBatch();
    for (StructuralRow row : rows) {
      statement.setLong(1, document.number());
      statement.setBytes(2, row.node().toByteArray());
      bind(statement, 3, row.key());
      statement.setInt(
          6, (row.isEffective() ? EFFECTIVE : 0) | (row.isInner() ? IN_INNER_INDEX : 0));
      statement.setLong(7, dictionaries.parents().number(row.parent()));
      statement.setBytes(8, row.orderKey().toByteArray());
      statement.addBatch();
    }
    statement.executeBatch();
  }
}

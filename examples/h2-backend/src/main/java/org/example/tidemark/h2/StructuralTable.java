package org.example.tidemark.h2;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.support.RowCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The structural index, and the inner index in it. */
record StructuralTable(Rows rows) {
  private static StructuralRow entry(ResultSet row) throws SQLException {
    return RowCodec.STRUCTURAL.decode(row.getBytes(1));
  }

  Map<HistoryRange, List<StructuralRow>> histories(Collection<HistoryRange> ranges, int limit) {
    return rows.histories(
        """
        SELECT s.body FROM structural s
        WHERE s.document = ? AND s.node = w.node
          AND s.canonical > w.after AND s.canonical < w.before
        ORDER BY s.document, s.node, s.canonical LIMIT ?\
        """,
        ranges,
        limit,
        RowCodec.STRUCTURAL::decode);
  }

  // tutorial: last
  Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    Map<HistoryRange, StructuralRow> found = new HashMap<>();
    rows.histories(
            """
            SELECT s.body FROM structural s
            WHERE s.document = ? AND s.node = w.node
              AND s.canonical > w.after AND s.canonical < w.before AND s.is_effective
            ORDER BY s.document DESC, s.node DESC, s.canonical DESC LIMIT ?\
            """,
            ranges,
            1,
            RowCodec.STRUCTURAL::decode)
        .forEach((range, last) -> found.put(range, last.get(0)));
    return found;
  }

  // tutorial: end

  List<StructuralRow> inner(CanonicalKey from, CanonicalKey through, int limit) {
    return rows.page(
        """
        SELECT body FROM structural WHERE document = ? AND inner_key >= ? AND inner_key <= ?
        ORDER BY document, inner_key LIMIT ?\
        """,
        StructuralTable::entry,
        limit,
        Keys.of(from),
        Keys.of(through));
  }

  /** Nodes with entries here or deletes. */
  List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    SortedSet<NodeId> found = new TreeSet<>(nodesAfter("structural", after, limit));
    found.addAll(nodesAfter("deletion", after, limit));
    return found.stream().limit(limit).toList();
  }

  private SortedSet<NodeId> nodesAfter(String table, @Nullable NodeId after, int limit) {
    String sql =
        "SELECT node FROM "
            + table
            + " WHERE document = ? AND node > ? ORDER BY document, node LIMIT ?";
    SortedSet<NodeId> found = new TreeSet<>();
    NodeId last = after;
    List<NodeId> page;
    // A node may have several entries: goes on behind the last one until there are enough.
    do {
      page = rows.page(sql, row -> NodeId.of(row.getBytes(1)), limit, Keys.orFirst(last));
      found.addAll(page);
      last = page.isEmpty() ? last : page.get(page.size() - 1);
    } while (page.size() == limit && found.size() < limit);
    return found;
  }

  void put(Collection<StructuralRow> entries) {
    rows.write(
        """
        MERGE INTO structural(document, node, canonical, is_effective, inner_key, body)
        KEY(document, node, canonical) VALUES (?, ?, ?, ?, ?, ?)\
        """,
        entries,
        row -> {
          byte[] canonical = Keys.of(row.key());
          return new Object[] {
            rows.key(),
            row.node().toByteArray(),
            canonical,
            row.isEffective(),
            row.isInner() ? canonical : null,
            RowCodec.STRUCTURAL.encode(row)
          };
        });
  }
}

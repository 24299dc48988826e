package org.example.tidemark.h2;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.support.RowCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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

  Map<NodeId, List<StructuralRow>> find(Collection<NodeId> nodes) {
    Map<NodeId, List<StructuralRow>> found = new HashMap<>();
    rows.visit(
        "SELECT s.body"
            + Rows.KEYS
            + "JOIN structural s ON s.document = ? AND s.node = w.k ORDER BY s.canonical",
        Keys.list(new HashSet<>(nodes), NodeId::toByteArray),
        row -> {
          StructuralRow entry = entry(row);
          found.computeIfAbsent(entry.node(), node -> new ArrayList<>()).add(entry);
        });
    return found;
  }

  // tutorial: last
  Map<NodeId, StructuralRow> lastEffectiveBefore(Collection<NodeId> nodes, CanonicalKey before) {
    Map<NodeId, StructuralRow> found = new HashMap<>();
    rows.work(
        session ->
            session.list(
                """
                SELECT (
                  SELECT s.body FROM structural s
                  WHERE s.document = ? AND s.node = w.k AND s.canonical < ? AND s.is_effective
                  ORDER BY s.document DESC, s.node DESC, s.canonical DESC LIMIT 1)
                FROM UNNEST(CAST(? AS VARBINARY ARRAY)) w(k)\
                """,
                row -> {
                  StructuralRow last = row.getBytes(1) == null ? null : entry(row);
                  return last == null ? null : found.put(last.node(), last);
                },
                rows.key(),
                Keys.of(before),
                Keys.list(nodes, NodeId::toByteArray)));
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

package org.example.tidemark.h2;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.support.RowCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree. */
record NodeTable(Rows rows) {
  private static NodeRow node(ResultSet row) throws SQLException {
    return RowCodec.NODE.decode(row.getBytes(1));
  }

  // tutorial: bulk
  Map<NodeId, NodeRow> find(Collection<NodeId> nodes) {
    Map<NodeId, NodeRow> found = new HashMap<>();
    rows.visit(
        "SELECT n.body" + Rows.KEYS + "JOIN node n ON n.document = ? AND n.node = w.k",
        Keys.list(nodes, NodeId::toByteArray),
        row -> {
          NodeRow node = node(row);
          found.put(node.node(), node);
        });
    return found;
  }

  // tutorial: end

  /** A statement per level, and not per node; each node is read once. */
  Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    Map<NodeId, NodeRow> found = new HashMap<>();
    Set<NodeId> seen = new HashSet<>(nodes);
    Set<NodeId> level = seen;
    while (!level.isEmpty()) {
      Map<NodeId, NodeRow> ofLevel = find(level);
      found.putAll(ofLevel);
      level = new HashSet<>();
      for (NodeRow row : ofLevel.values()) {
        PlacementRow placement = row.placement();
        if (placement != null && seen.add(placement.parent())) {
          level.add(placement.parent());
        }
      }
    }
    return found;
  }

  // tutorial: page
  List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    return rows.page(
        """
        SELECT body FROM node WHERE document = ? AND parent = ? AND sibling > ?
        ORDER BY document, parent, sibling LIMIT ?\
        """,
        NodeTable::node,
        limit,
        parent.toByteArray(),
        after == null ? Keys.FIRST : Keys.of(after));
  }

  List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    return rows.page(
        """
        SELECT body FROM node WHERE document = ? AND parent = ? AND sibling < ?
        ORDER BY document DESC, parent DESC, sibling DESC LIMIT ?\
        """,
        NodeTable::node,
        limit,
        parent.toByteArray(),
        before == null ? Keys.BEYOND : Keys.of(before));
  }

  // tutorial: end

  List<NodeRow> after(@Nullable NodeId after, int limit) {
    return rows.page(
        """
        SELECT body FROM node WHERE document = ? AND node > ?
        ORDER BY document, node LIMIT ?\
        """,
        NodeTable::node,
        limit,
        Keys.orFirst(after));
  }

  // tutorial: put
  void put(Collection<NodeRow> nodes) {
    rows.write(
        """
        MERGE INTO node(document, node, parent, sibling, body) KEY(document, node)
        VALUES (?, ?, ?, ?, ?)\
        """,
        nodes,
        row -> {
          PlacementRow placement = row.placement();
          return new Object[] {
            rows.key(),
            row.node().toByteArray(),
            placement == null ? null : placement.parent().toByteArray(),
            placement == null ? null : Keys.of(placement.siblingKey(row.node())),
            RowCodec.NODE.encode(row)
          };
        });
  }

  // tutorial: end

  void remove(Collection<NodeId> nodes) {
    rows.remove(
        "DELETE FROM node WHERE document = ? AND node = ?",
        nodes,
        node -> new Object[] {rows.key(), node.toByteArray()});
  }
}

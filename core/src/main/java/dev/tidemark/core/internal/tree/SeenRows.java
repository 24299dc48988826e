package dev.tidemark.core.internal.tree;

import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of nodes as a transaction finds them, each read once; those that are asked for come with
 * all above them. Whoever looks at the tree hands them on to who changes it, so that one edit reads
 * no chain twice; they are worth nothing any more once rows of the tree are written. Memory grows
 * with what is loaded.
 */
public final class SeenRows {
  private final ReadTransaction transaction;
  private final Map<NodeId, NodeRow> rows = new HashMap<>();

  /**
   * Starts with none.
   *
   * @param transaction reads what is missing
   */
  public SeenRows(ReadTransaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Reads the rows of nodes and of all above them, in one statement; none if all were seen.
   *
   * @param nodes the nodes
   */
  public void load(Collection<NodeId> nodes) {
    List<NodeId> missing = nodes.stream().filter(node -> !rows.containsKey(node)).toList();
    if (missing.isEmpty()) {
      return;
    }
    transaction.chains(missing).forEach(rows::putIfAbsent);
    for (NodeId node : missing) {
      rows.computeIfAbsent(node, NodeRow::untouched);
    }
  }

  /**
   * Takes a row that was read in another way.
   *
   * @param row the row, as it is stored
   */
  public void add(NodeRow row) {
    rows.putIfAbsent(row.node(), row);
  }

  /**
   * Returns the row of a node, which is read if need be.
   *
   * @param node the node
   * @return its row; an untouched one where none is stored
   */
  public NodeRow row(NodeId node) {
    NodeRow row = rows.get(node);
    if (row != null) {
      return row;
    }
    load(List.of(node));
    return rows.getOrDefault(node, NodeRow.untouched(node));
  }

  /**
   * Returns the chain of a node, itself first, up to the last one below the root.
   *
   * @param node the node
   * @return the rows; empty if the node is not visible or is the root
   */
  public List<NodeRow> visibleChain(NodeId node) {
    load(List.of(node));
    List<NodeRow> chain = new ArrayList<>();
    NodeId current = node;
    while (!current.isRoot()) {
      NodeRow row = row(current);
      PlacementRow placement = row.placement();
      if (placement == null || row.isTombstoned() || chain.size() > rows.size()) {
        return List.of();
      }
      chain.add(row);
      current = placement.parent();
    }
    return chain;
  }

  /**
   * Tells whether a node is visible; the root is.
   *
   * @param node the node
   * @return whether it is
   */
  public boolean isVisible(NodeId node) {
    return node.isRoot() || !visibleChain(node).isEmpty();
  }
}

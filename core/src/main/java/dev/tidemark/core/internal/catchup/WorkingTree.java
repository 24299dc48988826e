package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.tree.SeenRows;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The node rows of one catch-up: as they were before it (step 0) and as they are now. Nothing is
 * written until the catch-up is done, so that one that gives up leaves no trace (rules R6, R12).
 */
final class WorkingTree {
  /**
   * No path in a tree is longer than this: a defect of rows or rules must end as an error, not as
   * an endless loop.
   */
  static final int STEP_LIMIT = 10_000_000;

  private static final int CHILDREN_PAGE = 500;

  private final ReadTransaction transaction;
  private final SeenRows before;
  private final Map<NodeId, NodeRow> now = new LinkedHashMap<>();

  /** Nodes that were placed under a parent in this catch-up, so that children can be completed. */
  private final Map<NodeId, Set<NodeId>> arrived = new HashMap<>();

  WorkingTree(ReadTransaction transaction, SeenRows before) {
    this.transaction = transaction;
    this.before = before;
  }

  /** Reads the rows of these nodes and of all their ancestors in one statement. */
  void loadChains(Collection<NodeId> nodes) {
    before.load(nodes);
  }

  /** Returns the row as it was when the catch-up began. */
  NodeRow before(NodeId node) {
    return before.row(node);
  }

  /** Returns the row as it is now. */
  NodeRow now(NodeId node) {
    NodeRow row = now.get(node);
    return row == null ? before(node) : row;
  }

  @Nullable NodeId parentBefore(NodeId node) {
    PlacementRow placement = before(node).placement();
    return placement == null ? null : placement.parent();
  }

  @Nullable NodeId parentNow(NodeId node) {
    PlacementRow placement = now(node).placement();
    return placement == null ? null : placement.parent();
  }

  void put(NodeRow row) {
    before(row.node());
    now.put(row.node(), row);
  }

  void place(NodeId node, @Nullable PlacementRow placement) {
    put(now(node).withPlacement(placement));
    if (placement != null) {
      arrived.computeIfAbsent(placement.parent(), p -> new LinkedHashSet<>()).add(node);
    }
  }

  /** Returns the rows that differ from what is stored (rule R5). */
  List<NodeRow> changedRows() {
    List<NodeRow> changed = new ArrayList<>();
    for (NodeRow row : now.values()) {
      if (!row.equals(before(row.node()))) {
        changed.add(row);
      }
    }
    return changed;
  }

  Collection<NodeId> touched() {
    return now.keySet();
  }

  /** Visits the children of a node as they are now, in no particular order, until one says stop. */
  boolean allChildren(NodeId parent, Predicate<NodeId> visitor) {
    SiblingKey after = null;
    while (true) {
      List<NodeRow> page = transaction.children(parent, after, CHILDREN_PAGE);
      for (NodeRow row : page) {
        before.add(row);
        if (parent.equals(parentNow(row.node())) && !visitor.test(row.node())) {
          return false;
        }
      }
      if (page.size() < CHILDREN_PAGE) {
        break;
      }
      NodeRow last = page.get(page.size() - 1);
      PlacementRow placement = last.placement();
      if (placement == null) {
        throw TidemarkException.of(ErrorCode.STORE_CORRUPT)
            .with(Detail.NODE, last.node())
            .with(Detail.PROBLEM, "listed as a child but not placed")
            .build();
      }
      after = placement.siblingKey(last.node());
    }
    for (NodeId node : arrived.getOrDefault(parent, Set.of())) {
      if (parent.equals(parentNow(node))
          && !parent.equals(parentBefore(node))
          && !visitor.test(node)) {
        return false;
      }
    }
    return true;
  }

  static TidemarkException endless(NodeId node) {
    return TidemarkException.of(ErrorCode.STEP_LIMIT).with(Detail.NODE, node).build();
  }
}

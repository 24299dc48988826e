package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replays structural operations from a frontier on: each node starts at its last effective
 * operation before the frontier, and the operations are folded in canonical order from there.
 */
final class Replay {
  private static final int PAGE = 1000;

  private final ReadTransaction transaction;
  private final WorkingTree tree;
  private final StructuralIndex index;
  private final WorkCounter work;
  private final Timelines timelines;
  private final CanonicalKey frontier;
  private final Scope scope;

  /** Placements while the replay runs; a null value is a node without placement. */
  private final Map<NodeId, @Nullable PlacementRow> placements = new HashMap<>();

  /** Start placements read ahead, page by page. */
  private final Map<NodeId, @Nullable StructuralRow> earlier = new HashMap<>();

  /** Which nodes are replayed, and how far chains are followed. */
  interface Scope {
    /** Tells whether a node's operations are replayed, if it has any from the frontier on. */
    boolean isReplayed(NodeId node);

    /** Tells whether a chain is followed above a node. */
    boolean isFollowed(NodeId node);
  }

  /** Replays the nodes of a set alone: chains that leave it do not come back. */
  record Within(Set<NodeId> nodes) implements Scope {
    @Override
    public boolean isReplayed(NodeId node) {
      return nodes.contains(node);
    }

    @Override
    public boolean isFollowed(NodeId node) {
      return nodes.contains(node);
    }
  }

  /** Replays all nodes but those of a set, with whole chains. */
  record Outside(Set<NodeId> nodes) implements Scope {
    @Override
    public boolean isReplayed(NodeId node) {
      return !nodes.contains(node);
    }

    @Override
    public boolean isFollowed(NodeId node) {
      return true;
    }
  }

  Replay(
      ReadTransaction transaction,
      WorkingTree tree,
      StructuralIndex index,
      WorkCounter work,
      Timelines timelines,
      CanonicalKey frontier,
      Scope scope) {
    this.transaction = transaction;
    this.tree = tree;
    this.index = index;
    this.work = work;
    this.timelines = timelines;
    this.frontier = frontier;
    this.scope = scope;
  }

  /** Folds operations that are all at hand, ascending. */
  void fold(Collection<StructuralRow> operations) {
    for (StructuralRow operation : operations) {
      fold(operation);
    }
  }

  /**
   * Folds the inner index from the frontier through a key: the stored entries page by page, merged
   * with those that this catch-up added.
   */
  void foldInnerIndex(CanonicalKey through) {
    List<StructuralRow> added = new ArrayList<>(index.addedInner(frontier, through));
    work.visit(index.countLogged(added));
    int nextAdded = 0;
    CanonicalKey from = frontier;
    boolean skipFirst = false;
    while (true) {
      List<StructuralRow> page = transaction.innerOperations(from, through, PAGE);
      boolean isLast = page.size() < PAGE;
      List<StructuralRow> stored = skipFirst ? page.subList(1, page.size()) : page;
      work.visit(stored.size());
      int until = nextAdded;
      while (until < added.size()
          && (isLast || added.get(until).key().compareTo(page.get(page.size() - 1).key()) < 0)) {
        until++;
      }
      List<StructuralRow> merged = merge(stored, added.subList(nextAdded, until));
      readAhead(merged);
      fold(merged);
      nextAdded = until;
      if (isLast) {
        return;
      }
      // The last key again, because ranges of the index begin with their first key included.
      from = page.get(page.size() - 1).key();
      skipFirst = true;
    }
  }

  private static List<StructuralRow> merge(List<StructuralRow> stored, List<StructuralRow> added) {
    List<StructuralRow> merged = new ArrayList<>(stored.size() + added.size());
    int next = 0;
    for (StructuralRow row : stored) {
      while (next < added.size() && added.get(next).key().compareTo(row.key()) < 0) {
        merged.add(added.get(next++));
      }
      merged.add(row);
    }
    merged.addAll(added.subList(next, added.size()));
    return merged;
  }

  /** Reads what a page of operations needs in a constant number of statements. */
  private void readAhead(List<StructuralRow> operations) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    for (StructuralRow operation : operations) {
      nodes.add(operation.node());
      nodes.add(operation.parent());
    }
    tree.loadChains(nodes);
    List<NodeId> unknown = new ArrayList<>();
    for (NodeId node : nodes) {
      if (!placements.containsKey(node) && !earlier.containsKey(node) && needsEarlier(node)) {
        unknown.add(node);
      }
    }
    if (!unknown.isEmpty()) {
      Map<NodeId, StructuralRow> found = transaction.lastEffectiveBefore(unknown, frontier);
      for (NodeId node : unknown) {
        earlier.put(node, found.get(node));
      }
    }
  }

  private void fold(StructuralRow operation) {
    NodeId node = operation.node();
    if (!scope.isReplayed(node)) {
      return;
    }
    PlacementRow placement = placementOf(node);
    boolean effective = !isAtOrAbove(node, operation.parent());
    timelines.step(operation, index.isFresh(operation), effective, placement);
    index.setEffective(operation, effective);
    if (effective) {
      placements.put(node, operation.placement());
    }
  }

  /** Tells whether a node is another one or above it, along the placements of this replay. */
  private boolean isAtOrAbove(NodeId node, NodeId other) {
    NodeId current = other;
    for (int steps = 0; steps < WorkingTree.STEP_LIMIT; steps++) {
      if (current.equals(node)) {
        return true;
      }
      if (current.isRoot() || !scope.isFollowed(current)) {
        return false;
      }
      PlacementRow placement = placementOf(current);
      if (placement == null) {
        return false;
      }
      current = placement.parent();
    }
    throw WorkingTree.endless(other);
  }

  private @Nullable PlacementRow placementOf(NodeId node) {
    if (!placements.containsKey(node)) {
      placements.put(node, startOf(node));
    }
    return placements.get(node);
  }

  /** Returns where a node stood at the frontier, or where it stands if it is not replayed. */
  private @Nullable PlacementRow startOf(NodeId node) {
    if (!needsEarlier(node)) {
      NodeRow row = tree.now(node);
      if (scope.isReplayed(node) && index.hasHistory(node)) {
        return lastEffectiveInHistory(node);
      }
      return row.placement();
    }
    if (!earlier.containsKey(node)) {
      earlier.put(node, transaction.lastEffectiveBefore(List.of(node), frontier).get(node));
    }
    StructuralRow start = earlier.get(node);
    return start == null ? null : start.placement();
  }

  private @Nullable PlacementRow lastEffectiveInHistory(NodeId node) {
    return index.history(node).headMap(frontier, false).descendingMap().values().stream()
        .filter(StructuralRow::isEffective)
        .findFirst()
        .map(StructuralRow::placement)
        .orElse(null);
  }

  /**
   * Tells whether a node's start must be looked up. A placement from before the frontier is the
   * last effective one before it, so most nodes need no look-up.
   */
  private boolean needsEarlier(NodeId node) {
    if (!scope.isReplayed(node) || index.hasHistory(node)) {
      return false;
    }
    NodeRow row = tree.now(node);
    PlacementRow placement = row.placement();
    return row.isInner() && placement != null && placement.writtenBy().compareTo(frontier) >= 0;
  }

  /** Puts the placements that differ into the working tree. */
  void finish() {
    placements.forEach(
        (node, placement) -> {
          if (!Objects.equals(tree.now(node).placement(), placement)) {
            tree.place(node, placement);
          }
        });
  }
}

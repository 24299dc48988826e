package dev.tidemark.core.internal.catchup;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
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
  static final int PAGE = 1000;

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

  /** Folds what this catch-up adds to the inner index, from the frontier through a key. */
  void foldAdded(CanonicalKey through) {
    fold(index.addedInner(frontier, through, scope::isReplayed, work));
  }

  /** Folds the inner index from the frontier through a key: what is stored and what is added. */
  void foldInnerIndex(CanonicalKey through) {
    fold(
        Iterators.mergeSorted(
            List.of(
                new StoredEntries(through),
                index.addedInner(frontier, through, scope::isReplayed, work)),
            Comparator.comparing(StructuralRow::key)));
  }

  private void fold(Iterator<StructuralRow> operations) {
    Iterators.partition(operations, PAGE)
        .forEachRemaining(
            page -> {
              readAhead(page);
              page.forEach(this::fold);
            });
  }

  /** The stored inner index from the frontier through a key, page by page. */
  private final class StoredEntries extends AbstractIterator<StructuralRow> {
    private final CanonicalKey through;
    private CanonicalKey from = frontier;
    private Iterator<StructuralRow> page = Collections.emptyIterator();
    private boolean isFirst = true;
    private boolean isLast;

    StoredEntries(CanonicalKey through) {
      this.through = through;
    }

    @Override
    protected @Nullable StructuralRow computeNext() {
      if (!page.hasNext() && !isLast) {
        List<StructuralRow> rows = transaction.innerOperations(from, through, PAGE);
        isLast = rows.size() < PAGE;
        if (!isLast) {
          // The last key again, because ranges of the index begin with their first key included.
          from = rows.get(rows.size() - 1).key();
        }
        List<StructuralRow> next = isFirst ? rows : rows.subList(1, rows.size());
        isFirst = false;
        work.visit(next.size());
        page = next.iterator();
      }
      return page.hasNext() ? page.next() : endOfData();
    }
  }

  /** Reads what a page of operations needs in a constant number of statements. */
  private void readAhead(List<StructuralRow> operations) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    for (StructuralRow operation : operations) {
      nodes.add(operation.node());
      if (scope.isFollowed(operation.parent())) {
        nodes.add(operation.parent());
      }
    }
    tree.loadChains(nodes);
    List<NodeId> unknown = new ArrayList<>();
    for (NodeId node : nodes) {
      if (!placements.containsKey(node) && !earlier.containsKey(node) && needsEarlier(node)) {
        unknown.add(node);
      }
    }
    readEarlier(unknown);
  }

  private void readEarlier(Collection<NodeId> nodes) {
    List<HistoryRange> ranges =
        nodes.stream().map(node -> HistoryRange.before(node, frontier)).toList();
    if (!ranges.isEmpty()) {
      Map<HistoryRange, StructuralRow> found = transaction.lastEffective(ranges);
      ranges.forEach(range -> earlier.put(range.node(), found.get(range)));
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
      return tree.now(node).placement();
    }
    if (!earlier.containsKey(node)) {
      readEarlier(List.of(node));
    }
    StructuralRow start = earlier.get(node);
    return start == null ? null : start.placement();
  }

  /**
   * Tells whether a node's start must be looked up. A placement from before the frontier is the
   * last effective one before it, so most nodes need no look-up.
   */
  private boolean needsEarlier(NodeId node) {
    if (!scope.isReplayed(node)) {
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

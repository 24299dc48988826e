package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Steps 2 to 6 of the catch-up: folds new structural operations into the tree as canonical order
 * has it. The order of the parts is the algorithm; near misses of it give other trees (the
 * histories in the design that break them are in the conformance kit).
 */
final class StructuralStep {
  private final ReadTransaction transaction;
  private final WorkingTree tree;
  private final StructuralIndex index;
  private final WorkCounter work;
  private final Timelines timelines;

  private final Set<NodeId> innerBefore = new HashSet<>();
  private final List<StructuralRow> late = new ArrayList<>();
  private final List<StructuralRow> inOrder = new ArrayList<>();
  private CatchUpPath path = CatchUpPath.IN_ORDER;

  StructuralStep(
      ReadTransaction transaction,
      WorkingTree tree,
      StructuralIndex index,
      WorkCounter work,
      Timelines timelines) {
    this.transaction = transaction;
    this.tree = tree;
    this.index = index;
    this.work = work;
    this.timelines = timelines;
  }

  /** Folds the operations and returns the costliest path taken. The rows they name are loaded. */
  CatchUpPath run(List<Operation.Structural> unsorted) {
    if (unsorted.isEmpty()) {
      return path;
    }
    List<Operation.Structural> operations = new ArrayList<>(unsorted);
    operations.sort(Comparator.comparing(Operation.Structural::key));
    noteInner(operations);
    flagParents(operations);
    // Before S is added: what is above every logged operation of an inner node is in order.
    CanonicalKey loggedHead = index.innerHead();
    addAndClassify(operations, loggedHead);
    if (loggedHead != null && !late.isEmpty()) {
      Set<NodeId> fresh = freshlyInner();
      replayFreshSubtrees(fresh, loggedHead);
      replaySuffix(fresh, loggedHead);
    }
    appendInOrder();
    return path;
  }

  /** Step 2a. */
  private void noteInner(List<Operation.Structural> operations) {
    for (Operation.Structural operation : operations) {
      if (tree.now(operation.node()).isInner()) {
        innerBefore.add(operation.node());
      }
    }
  }

  /** Step 2b: the flag of every parent named, and the logged operations of those that get it. */
  private void flagParents(List<Operation.Structural> operations) {
    Set<NodeId> becoming = new LinkedHashSet<>();
    for (Operation.Structural operation : operations) {
      if (!tree.now(operation.parent()).isInner()) {
        becoming.add(operation.parent());
      }
    }
    for (NodeId node : becoming) {
      NodeRow row = tree.now(node).asInner();
      tree.put(index.makeInner(row) ? row.asIndexed() : row);
    }
  }

  /** Steps 2d, 2e and 3. */
  private void addAndClassify(
      List<Operation.Structural> operations, @Nullable CanonicalKey loggedHead) {
    Map<NodeId, List<Operation.Structural>> soft = new HashMap<>();
    for (Operation.Structural operation : operations) {
      NodeRow row = tree.now(operation.node());
      if (!row.isInner()) {
        soft.computeIfAbsent(operation.node(), n -> new ArrayList<>()).add(operation);
        continue;
      }
      StructuralRow entry = entry(operation, false, true);
      index.addFresh(entry);
      tree.put(row.asIndexed());
      boolean isLate = loggedHead != null && entry.key().compareTo(loggedHead) < 0;
      (isLate ? late : inOrder).add(entry);
    }
    if (timelines.isKept()) {
      new SoftTimelines(transaction, timelines, work)
          .tell(soft.keySet().stream().map(tree::now).toList(), soft);
    }
    indexSoft(soft);
    soft.values().forEach(list -> list.forEach(this::placeSoft));
  }

  static StructuralRow entry(Operation.Structural operation, boolean isEffective, boolean isInner) {
    return new StructuralRow(
        operation.node(),
        operation.key(),
        operation.parent(),
        operation.orderKey(),
        isEffective,
        isInner);
  }

  /** A node with a single operation is told by its placement; from the second on it is indexed. */
  private void indexSoft(Map<NodeId, List<Operation.Structural>> soft) {
    for (Map.Entry<NodeId, List<Operation.Structural>> entry : soft.entrySet()) {
      NodeRow row = tree.now(entry.getKey());
      PlacementRow placement = row.placement();
      if (!row.isIndexed()) {
        if (placement == null && entry.getValue().size() == 1) {
          continue;
        }
        if (placement != null) {
          index.add(StructuralIndex.onlyEntry(row, placement));
        }
        tree.put(row.asIndexed());
      }
      entry.getValue().forEach(operation -> index.addFresh(entry(operation, true, false)));
    }
  }

  /** Step 3: a node that is not inner is never above another, so the last write wins. */
  private void placeSoft(Operation.Structural operation) {
    PlacementRow current = tree.now(operation.node()).placement();
    if (current == null || current.writtenBy().compareTo(operation.key()) < 0) {
      tree.place(
          operation.node(),
          new PlacementRow(operation.parent(), operation.orderKey(), operation.key()));
    }
  }

  /**
   * The set A of step 4: nodes of late operations that were not inner before, without those that a
   * late operation puts a node from outside of the set under.
   */
  private Set<NodeId> freshlyInner() {
    Set<NodeId> fresh = new TreeSet<>();
    Map<NodeId, List<NodeId>> parents = new HashMap<>();
    for (StructuralRow operation : late) {
      parents.computeIfAbsent(operation.node(), n -> new ArrayList<>()).add(operation.parent());
      if (!innerBefore.contains(operation.node())) {
        fresh.add(operation.node());
      }
    }
    Deque<NodeId> outside = new ArrayDeque<>();
    parents.keySet().stream().filter(node -> !fresh.contains(node)).forEach(outside::add);
    while (!outside.isEmpty()) {
      for (NodeId parent : parents.getOrDefault(outside.remove(), List.of())) {
        if (fresh.remove(parent)) {
          outside.add(parent);
        }
      }
    }
    return fresh;
  }

  /** Step 4: chains that leave the set cannot come back to it. */
  private void replayFreshSubtrees(Set<NodeId> fresh, CanonicalKey through) {
    CanonicalKey from = smallestLate(fresh, true);
    if (from == null) {
      return;
    }
    raise(CatchUpPath.FRESH_SUBTREE);
    Replay replay = replay(from, new Replay.Within(fresh));
    replay.foldAdded(through);
    replay.finish();
  }

  /** Step 5: the inner index from the frontier on, with whole chains. */
  private void replaySuffix(Set<NodeId> fresh, CanonicalKey through) {
    CanonicalKey from = smallestLate(fresh, false);
    if (from == null) {
      return;
    }
    raise(CatchUpPath.REPLAYED);
    Replay replay = replay(from, new Replay.Outside(fresh));
    replay.foldInnerIndex(through);
    replay.finish();
  }

  private Replay replay(CanonicalKey from, Replay.Scope scope) {
    return new Replay(transaction, tree, index, work, timelines, from, scope);
  }

  private @Nullable CanonicalKey smallestLate(Set<NodeId> fresh, boolean inSet) {
    // The late operations are ascending.
    return late.stream()
        .filter(operation -> fresh.contains(operation.node()) == inSet)
        .map(StructuralRow::key)
        .findFirst()
        .orElse(null);
  }

  /** Step 6. */
  private void appendInOrder() {
    for (StructuralRow operation : inOrder) {
      boolean isEffective = !isAtOrAbove(operation.node(), operation.parent());
      timelines.step(operation, true, isEffective, tree.now(operation.node()).placement());
      if (isEffective) {
        index.setEffective(operation, true);
        tree.place(operation.node(), operation.placement());
      }
    }
  }

  private boolean isAtOrAbove(NodeId node, NodeId other) {
    NodeId current = other;
    for (int steps = 0; steps < WorkingTree.STEP_LIMIT; steps++) {
      if (current.equals(node)) {
        return true;
      }
      NodeId parent = tree.parentNow(current);
      if (parent == null) {
        return false;
      }
      current = parent;
    }
    throw WorkingTree.endless(other);
  }

  private void raise(CatchUpPath reached) {
    if (reached.compareTo(path) > 0) {
      path = reached;
    }
  }
}

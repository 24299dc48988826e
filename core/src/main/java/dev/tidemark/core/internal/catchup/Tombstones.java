package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Step 7: decides, once and from the final rows, which deleted nodes are tombstoned. */
final class Tombstones {
  private final DocumentId document;
  private final WorkingTree tree;
  private final Deletions deletions;
  private final WitnessCache witnesses;

  /** Deleted nodes to decide on, each with the changed nodes that are now below it. */
  private final Map<NodeId, List<NodeId>> concerned = new LinkedHashMap<>();

  Tombstones(DocumentId document, WorkingTree tree, Deletions deletions, WitnessCache witnesses) {
    this.document = document;
    this.tree = tree;
    this.deletions = deletions;
    this.witnesses = witnesses;
  }

  void decide(Collection<NodeId> touched) {
    DeletedAncestors ancestorsNow = new DeletedAncestors(tree, tree::parentNow);
    DeletedAncestors ancestorsBefore = new DeletedAncestors(tree, tree::parentBefore);
    for (NodeId node : List.copyOf(touched)) {
      NodeRow before = tree.before(node);
      NodeRow now = tree.now(node);
      boolean isMoved = !Objects.equals(before.placement(), now.placement());
      if (isMoved || !Objects.equals(before.payload(), now.payload())) {
        ancestorsNow.of(node).forEach(deleted -> changedBelow(deleted).add(node));
      }
      if (isMoved) {
        ancestorsBefore.of(node).forEach(this::changedBelow);
      }
    }
    deletions.grownNodes().forEach(this::changedBelow);
    if (concerned.isEmpty()) {
      return;
    }
    deletions.load(concerned.keySet());
    // Placements and payload writes alone decide, so the order of these decisions does not matter.
    concerned.forEach(
        (node, changed) -> {
          boolean isTombstoned = isTombstoned(node, changed, ancestorsBefore);
          NodeRow row = tree.now(node);
          if (row.isTombstoned() != isTombstoned) {
            tree.put(row.withTombstone(isTombstoned));
          }
        });
  }

  private List<NodeId> changedBelow(NodeId deleted) {
    return concerned.computeIfAbsent(deleted, d -> new ArrayList<>());
  }

  private boolean isTombstoned(
      NodeId node, List<NodeId> changed, DeletedAncestors ancestorsBefore) {
    KnownOperations covered = deletions.of(node);
    for (NodeId below : changed) {
      if (Deletions.isUncovered(tree.now(below), covered)) {
        witnesses.put(document, node, below);
        return false;
      }
    }
    if (tree.before(node).isTombstoned()) {
      // All that was below it is covered; only what came in from outside may not be.
      for (NodeId below : changed) {
        if (!ancestorsBefore.of(below).contains(node) && isUncoveredBelow(node, below, covered)) {
          return false;
        }
      }
      return true;
    }
    return !isWitnessed(node, covered) && !isUncoveredBelow(node, node, covered);
  }

  private boolean isWitnessed(NodeId node, KnownOperations covered) {
    NodeId witness = witnesses.get(document, node);
    if (witness == null) {
      return false;
    }
    NodeId current = witness;
    for (int steps = 0; steps < WorkingTree.STEP_LIMIT; steps++) {
      if (current.equals(node)) {
        return Deletions.isUncovered(tree.now(witness), covered);
      }
      NodeId parent = tree.parentNow(current);
      if (parent == null) {
        return false;
      }
      current = parent;
    }
    throw WorkingTree.endless(node);
  }

  /** Searches a subtree for an operation that is not covered, and stops at the first. */
  private boolean isUncoveredBelow(NodeId deleted, NodeId top, KnownOperations covered) {
    Deque<NodeId> open = new ArrayDeque<>(List.of(top));
    Set<NodeId> seen = new HashSet<>(List.of(top));
    while (!open.isEmpty()) {
      NodeId node = open.remove();
      NodeRow row = tree.now(node);
      if (Deletions.isUncovered(row, covered)) {
        witnesses.put(document, deleted, node);
        return true;
      }
      if (row.isInner()) {
        tree.allChildren(
            node,
            child -> {
              if (!seen.add(child)) {
                throw WorkingTree.endless(child);
              }
              return open.add(child);
            });
      }
    }
    return false;
  }

  /** The nodes with a delete on the chain of a node, itself included; chains are walked once. */
  private static final class DeletedAncestors {
    private final WorkingTree tree;
    private final Parents parents;
    private final Map<NodeId, Set<NodeId>> known = new HashMap<>();

    /** Leads from a node to its parent. */
    interface Parents {
      @Nullable NodeId of(NodeId node);
    }

    DeletedAncestors(WorkingTree tree, Parents parents) {
      this.tree = tree;
      this.parents = parents;
    }

    Set<NodeId> of(NodeId node) {
      Deque<NodeId> open = new ArrayDeque<>();
      NodeId current = node;
      while (current != null && !known.containsKey(current)) {
        open.push(current);
        if (open.size() > WorkingTree.STEP_LIMIT) {
          throw WorkingTree.endless(node);
        }
        current = parents.of(current);
      }
      Set<NodeId> above = current == null ? Set.of() : known.getOrDefault(current, Set.of());
      for (NodeId next : open) {
        if (tree.now(next).isDeleted()) {
          // Nodes without a delete share the set of their parent, so most chains share one.
          Set<NodeId> extended = new LinkedHashSet<>(above);
          extended.add(next);
          above = extended;
        }
        known.put(next, above);
      }
      return above;
    }
  }
}

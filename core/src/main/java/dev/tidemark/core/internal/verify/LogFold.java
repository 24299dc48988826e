package dev.tidemark.core.internal.verify;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds a log from scratch, step by step as the design's section 3 has it. It shares nothing with
 * the catch-up, so that one cannot hide the other's mistakes. Memory grows with the number of nodes
 * and structural operations, not with payloads.
 */
final class LogFold {
  private final Map<NodeId, FoldedNode> nodes = new TreeMap<>();
  private final List<StructuralRow> structural = new ArrayList<>();
  private long operations;
  private @Nullable CanonicalKey head;

  void add(Operation operation) {
    operations++;
    CanonicalKey key = operation.key();
    head = head == null || key.compareTo(head) > 0 ? key : head;
    FoldedNode node = node(operation.node());
    if (operation instanceof Operation.Structural placing) {
      node(placing.parent()).isInner = true;
      structural.add(
          new StructuralRow(
              placing.node(), key, placing.parent(), placing.orderKey(), false, false));
    }
    if (operation instanceof Operation.SetPayload write) {
      write(node, key, write.payload() != null);
    } else if (operation instanceof Operation.Insert insert && insert.payload() != null) {
      write(node, key, true);
    } else if (operation instanceof Operation.Delete delete) {
      KnownOperations covered = node.covered == null ? KnownOperations.NONE : node.covered;
      node.covered = covered.union(delete.known()).union(KnownOperations.of(List.of(delete.id())));
    }
  }

  private FoldedNode node(NodeId id) {
    return nodes.computeIfAbsent(id, FoldedNode::new);
  }

  private static void write(FoldedNode node, CanonicalKey key, boolean isPresent) {
    if (node.payload == null || node.payload.writtenBy().compareTo(key) < 0) {
      node.payload = new PayloadRow(key, isPresent);
    }
  }

  /** Folds what was added: structure first, then tombstones. */
  void finish() {
    structural.sort(Comparator.comparing(StructuralRow::key));
    for (StructuralRow operation : structural) {
      FoldedNode node = node(operation.node());
      boolean isEffective = !isAtOrAbove(operation.node(), operation.parent());
      if (isEffective) {
        node.placement = operation.placement();
      }
      node.structural.add(operation.withEffective(isEffective));
    }
    nodes.values().forEach(FoldedNode::finish);
    Map<NodeId, List<FoldedNode>> children = new HashMap<>();
    for (FoldedNode node : nodes.values()) {
      if (node.placement != null) {
        children.computeIfAbsent(node.placement.parent(), p -> new ArrayList<>()).add(node);
      }
    }
    for (FoldedNode node : nodes.values()) {
      node.isTombstoned = node.covered != null && isCovered(node, node.covered, children);
    }
  }

  private boolean isAtOrAbove(NodeId node, NodeId other) {
    NodeId current = other;
    while (true) {
      if (current.equals(node)) {
        return true;
      }
      FoldedNode folded = nodes.get(current);
      PlacementRow placement = folded == null ? null : folded.placement;
      if (placement == null) {
        return false;
      }
      current = placement.parent();
    }
  }

  private static boolean isCovered(
      FoldedNode top, KnownOperations covered, Map<NodeId, List<FoldedNode>> children) {
    Deque<FoldedNode> open = new ArrayDeque<>(List.of(top));
    while (!open.isEmpty()) {
      FoldedNode node = open.remove();
      if (node.isUncoveredBy(covered)) {
        return false;
      }
      open.addAll(children.getOrDefault(node.node, List.of()));
    }
    return true;
  }

  /** The node, if an operation touches it or names it as parent. */
  @Nullable FoldedNode existing(NodeId node) {
    return nodes.get(node);
  }

  /** The nodes that operations touch or name as parent, ascending. */
  Collection<FoldedNode> nodes() {
    return nodes.values();
  }

  long operations() {
    return operations;
  }

  @Nullable CanonicalKey head() {
    return head;
  }

  /** The largest key among the structural operations of inner nodes. */
  @Nullable CanonicalKey innerHead() {
    for (int i = structural.size() - 1; i >= 0; i--) {
      if (node(structural.get(i).node()).isInner) {
        return structural.get(i).key();
      }
    }
    return null;
  }
}

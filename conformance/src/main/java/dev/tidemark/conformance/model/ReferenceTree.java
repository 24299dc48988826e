package dev.tidemark.conformance.model;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import dev.tidemark.spi.PlacementRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a set of operations means: the outcome of {@link ReferenceModel#fold}. Never changes. */
public final class ReferenceTree {
  /** The tree of no operations. */
  public static final ReferenceTree EMPTY = new ReferenceModel().fold();

  private final Map<NodeId, PlacementRow> placements;
  private final Map<NodeId, PayloadWrite> payloads;
  private final Map<NodeId, KnownOperations> deletedAt;
  private final Set<OperationId> ineffective;
  private final Map<NodeId, Set<OperationId>> shaped;

  /** All placed nodes by parent, visible or not, siblings in order. */
  private final Map<NodeId, List<TreeNode>> children = new HashMap<>();

  private final Set<NodeId> tombstoned = new HashSet<>();
  private final List<TreeEntry> visible = new ArrayList<>();
  private final Map<NodeId, TreeNode> visibleById = new HashMap<>();

  ReferenceTree(
      Map<NodeId, PlacementRow> placements,
      Map<NodeId, PayloadWrite> payloads,
      Map<NodeId, KnownOperations> deletedAt,
      Set<OperationId> ineffective,
      Map<NodeId, Set<OperationId>> shaped) {
    this.placements = Map.copyOf(placements);
    this.payloads = Map.copyOf(payloads);
    this.deletedAt = Map.copyOf(deletedAt);
    this.ineffective = Set.copyOf(ineffective);
    this.shaped = Map.copyOf(shaped);
    placements.forEach(
        (node, placement) -> {
          Payload content = payload(node).orElse(null);
          children
              .computeIfAbsent(placement.parent(), parent -> new ArrayList<>())
              .add(new TreeNode(node, placement.parent(), placement.orderKey(), content));
        });
    children
        .values()
        .forEach(siblings -> siblings.sort(Comparator.comparing(TreeNode::siblingKey)));
    deletedAt.forEach(
        (node, covered) -> {
          if (isCovered(node, covered)) {
            tombstoned.add(node);
          }
        });
    collectVisible(NodeId.ROOT, 1);
  }

  /** Whether every effective operation in the node's subtree is in the set. */
  private boolean isCovered(NodeId node, KnownOperations covered) {
    PlacementRow placement = placements.get(node);
    PayloadWrite payload = payloads.get(node);
    return (placement == null || covered.contains(placement.writtenBy().id()))
        && (payload == null || covered.contains(payload.writtenBy().id()))
        && children.getOrDefault(node, List.of()).stream()
            .allMatch(child -> isCovered(child.id(), covered));
  }

  private void collectVisible(NodeId parent, int depth) {
    for (TreeNode child : children.getOrDefault(parent, List.of())) {
      if (!tombstoned.contains(child.id())) {
        visible.add(new TreeEntry(depth, child));
        visibleById.put(child.id(), child);
        collectVisible(child.id(), depth + 1);
      }
    }
  }

  /**
   * Returns where nodes are placed, visible or not.
   *
   * @return the placements of the nodes that have one
   */
  public Map<NodeId, PlacementRow> placements() {
    return placements;
  }

  /**
   * Returns the last payload writes.
   *
   * @return the writes of the nodes that have one, the root among them
   */
  public Map<NodeId, PayloadWrite> payloads() {
    return payloads;
  }

  /**
   * Returns the payload of a node, visible or not.
   *
   * @param node the node, which may be the root
   * @return its payload, if the last write left one
   */
  public Optional<Payload> payload(NodeId node) {
    return Optional.ofNullable(payloads.get(node)).map(PayloadWrite::payload);
  }

  /**
   * Returns what the deletes of nodes cover.
   *
   * @return the sets of the nodes that have a delete
   */
  public Map<NodeId, KnownOperations> deletedAt() {
    return deletedAt;
  }

  /**
   * Returns the structural operations that were skipped.
   *
   * @return their ids
   */
  public Set<OperationId> ineffective() {
    return ineffective;
  }

  /**
   * Returns the operations that shaped the children of a node.
   *
   * @param parent the node, placed or not
   * @return the ids of those whose node was under the parent just before or just after them
   */
  public Set<OperationId> operationsFor(NodeId parent) {
    return Set.copyOf(shaped.getOrDefault(parent, Set.of()));
  }

  /**
   * Returns the tombstoned nodes, wherever they are.
   *
   * @return their ids
   */
  public Set<NodeId> tombstoned() {
    return Set.copyOf(tombstoned);
  }

  /**
   * Returns the visible nodes.
   *
   * @return depth first, parents before children, siblings in order
   */
  public List<TreeEntry> visible() {
    return List.copyOf(visible);
  }

  /**
   * Returns a visible node.
   *
   * @param node the node
   * @return the node; empty where it is not visible
   */
  public Optional<TreeNode> node(NodeId node) {
    return Optional.ofNullable(visibleById.get(node));
  }

  /**
   * Returns the visible children of a node.
   *
   * @param parent a visible node, or the root
   * @return the children in order
   */
  public List<TreeNode> children(NodeId parent) {
    return children.getOrDefault(parent, List.of()).stream()
        .filter(child -> visibleById.containsKey(child.id()))
        .toList();
  }

  /**
   * Returns the ancestors of a visible node.
   *
   * @param node the node
   * @return nearest first, without the root
   */
  public List<TreeNode> ancestors(NodeId node) {
    List<TreeNode> ancestors = new ArrayList<>();
    Optional<TreeNode> at = node(node).flatMap(start -> node(start.parent()));
    while (at.isPresent()) {
      ancestors.add(at.get());
      at = node(at.get().parent());
    }
    return ancestors;
  }
}

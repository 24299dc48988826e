package dev.tidemark.conformance.model;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.spi.PlacementRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A set of operations, and the naive fold of it (design, section 3, steps 1 to 3; step 4 is in
 * {@link ReferenceTree}). Adding costs nothing; every {@link #fold} starts from nothing.
 *
 * <p>Not safe for use by several threads.
 */
public final class ReferenceModel {
  private final SortedMap<CanonicalKey, Operation> operations = new TreeMap<>();

  /** Makes a model of no operations. */
  public ReferenceModel() {}

  /**
   * Adds operations, in any order. What is there already is left out.
   *
   * @param added the operations
   * @return this
   */
  public ReferenceModel add(Collection<? extends Operation> added) {
    added.forEach(operation -> operations.putIfAbsent(operation.key(), operation));
    return this;
  }

  /**
   * Returns the operations.
   *
   * @return a copy, in canonical order
   */
  public List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  /**
   * Folds the operations in canonical order.
   *
   * @return what they mean
   */
  public ReferenceTree fold() {
    Map<NodeId, PlacementRow> placements = new HashMap<>();
    Map<NodeId, PayloadWrite> payloads = new HashMap<>();
    Map<NodeId, KnownOperations> deletedAt = new HashMap<>();
    Set<OperationId> ineffective = new HashSet<>();
    Map<NodeId, Set<OperationId>> shaped = new HashMap<>();
    for (Operation operation : operations.values()) {
      NodeId node = operation.node();
      shape(shaped, placements.get(node), operation);
      if (operation instanceof Operation.Structural structural) {
        if (isInChain(node, structural.parent(), placements)) {
          ineffective.add(operation.id());
        } else {
          placements.put(
              node, new PlacementRow(structural.parent(), structural.orderKey(), operation.key()));
        }
      }
      if (operation instanceof Operation.SetPayload write) {
        payloads.put(node, new PayloadWrite(operation.key(), write.payload()));
      } else if (operation instanceof Operation.Insert insert && insert.payload() != null) {
        payloads.put(node, new PayloadWrite(operation.key(), insert.payload()));
      } else if (operation instanceof Operation.Delete delete) {
        KnownOperations itself = KnownOperations.of(List.of(operation.id()));
        deletedAt.merge(node, delete.known().union(itself), KnownOperations::union);
      }
      shape(shaped, placements.get(node), operation);
    }
    return new ReferenceTree(placements, payloads, deletedAt, ineffective, shaped);
  }

  /** An operation shapes the children of the parent of its node, just before and just after it. */
  private static void shape(
      Map<NodeId, Set<OperationId>> shaped, @Nullable PlacementRow placement, Operation operation) {
    if (placement != null) {
      shaped.computeIfAbsent(placement.parent(), p -> new HashSet<>()).add(operation.id());
    }
  }

  /**
   * Whether x is p or an ancestor of p; a chain ends at the root or where there is no placement.
   */
  private static boolean isInChain(NodeId x, NodeId p, Map<NodeId, PlacementRow> placements) {
    @Nullable NodeId at = p;
    while (at != null && !at.equals(x)) {
      PlacementRow placement = placements.get(at);
      at = placement == null ? null : placement.parent();
    }
    return at != null;
  }
}

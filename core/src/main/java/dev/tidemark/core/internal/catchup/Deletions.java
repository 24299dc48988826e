package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What deletes cover (deletedAt), as stored and as joined in this catch-up. */
final class Deletions {
  private final ReadTransaction transaction;
  private final Map<NodeId, KnownOperations> covered = new HashMap<>();
  private final Map<NodeId, KnownOperations> grown = new LinkedHashMap<>();

  Deletions(ReadTransaction transaction) {
    this.transaction = transaction;
  }

  void load(Collection<NodeId> nodes) {
    List<NodeId> missing = nodes.stream().filter(node -> !covered.containsKey(node)).toList();
    if (missing.isEmpty()) {
      return;
    }
    covered.putAll(transaction.deletions(missing));
    missing.forEach(node -> covered.putIfAbsent(node, KnownOperations.NONE));
  }

  /** Joins what a delete knew, and the delete itself (step 1); its node must be loaded. */
  void join(Operation.Delete delete) {
    KnownOperations old = of(delete.node());
    KnownOperations joined =
        old.union(delete.known()).union(KnownOperations.of(List.of(delete.id())));
    if (!joined.equals(old)) {
      covered.put(delete.node(), joined);
      grown.put(delete.node(), joined);
    }
  }

  KnownOperations of(NodeId node) {
    return covered.getOrDefault(node, KnownOperations.NONE);
  }

  /** Tells whether a node's effective operations include one that the deleters had not seen. */
  static boolean isUncovered(NodeRow row, KnownOperations covered) {
    PlacementRow placement = row.placement();
    if (placement != null && !covered.contains(placement.writtenBy().id())) {
      return true;
    }
    PayloadRow payload = row.payload();
    return payload != null && !covered.contains(payload.writtenBy().id());
  }

  /** Returns the nodes whose deletedAt grew. */
  Set<NodeId> grownNodes() {
    return grown.keySet();
  }

  Map<NodeId, KnownOperations> grown() {
    return grown;
  }
}

package dev.tidemark.conformance.kit.storage;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whole histories of nodes, by node. */
final class Histories {
  /** More than any history here has. */
  private static final int ALL = 100_000;

  private Histories() {}

  static Map<NodeId, List<StructuralRow>> structural(
      ReadTransaction transaction, Collection<NodeId> nodes) {
    return byNode(transaction.structuralOperations(of(nodes), ALL));
  }

  static Map<NodeId, List<CanonicalKey>> content(
      ReadTransaction transaction, Collection<NodeId> nodes) {
    return byNode(transaction.contentOperations(of(nodes), ALL));
  }

  static Map<NodeId, StructuralRow> lastBefore(
      ReadTransaction transaction, Collection<NodeId> nodes, CanonicalKey key) {
    return byNode(
        transaction.lastEffective(
            nodes.stream().map(node -> HistoryRange.before(node, key)).toList()));
  }

  private static List<HistoryRange> of(Collection<NodeId> nodes) {
    return nodes.stream().map(HistoryRange::of).toList();
  }

  private static <T> Map<NodeId, T> byNode(Map<HistoryRange, T> found) {
    Map<NodeId, T> byNode = new HashMap<>();
    found.forEach((range, rows) -> byNode.put(range.node(), rows));
    return byNode;
  }
}

package dev.tidemark.core.internal.verify;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the log says of one node. */
final class FoldedNode {
  final NodeId node;
  final List<StructuralRow> structural = new ArrayList<>(1);

  /** Those of them that are effective: mostly the same list. */
  private List<StructuralRow> effective = List.of();

  @Nullable PlacementRow placement;
  @Nullable PayloadRow payload;
  @Nullable KnownOperations covered;
  boolean isInner;
  boolean isTombstoned;

  FoldedNode(NodeId node) {
    this.node = node;
  }

  boolean isIndexed() {
    return structural.size() > 1 || (isInner && !structural.isEmpty());
  }

  NodeRow row() {
    return new NodeRow(
        node, placement, payload, isInner, covered != null, isTombstoned, isIndexed());
  }

  /** The entries that the structural index should have of this node, by key. */
  Map<CanonicalKey, StructuralRow> entries() {
    Map<CanonicalKey, StructuralRow> entries = new LinkedHashMap<>();
    if (isIndexed()) {
      structural.forEach(row -> entries.put(row.key(), isInner ? row.asInner() : row));
    }
    return entries;
  }

  /**
   * The parent that the node was under at a key: just before the operation of that key, or with it.
   */
  @Nullable NodeId parentAt(CanonicalKey key, boolean isIncluded) {
    int low = 0;
    int high = effective.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = effective.get(middle).key().compareTo(key);
      if (order < 0 || (order == 0 && isIncluded)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : effective.get(low - 1).parent();
  }

  /** Called once, when all structural operations are decided. */
  void finish() {
    effective =
        structural.stream().allMatch(StructuralRow::isEffective)
            ? structural
            : structural.stream().filter(StructuralRow::isEffective).toList();
  }

  boolean isUncoveredBy(KnownOperations known) {
    return (placement != null && !known.contains(placement.writtenBy().id()))
        || (payload != null && !known.contains(payload.writtenBy().id()));
  }
}

package dev.tidemark.core.internal.verify;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the log says of one node. */
final class FoldedNode {
  final NodeId node;
  final List<StructuralRow> structural = new ArrayList<>(1);
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

  /** The entries that the structural index should have of this node. */
  List<StructuralRow> entries() {
    if (!isIndexed()) {
      return List.of();
    }
    return structural.stream().map(row -> isInner ? row.asInner() : row).toList();
  }

  boolean isUncoveredBy(KnownOperations known) {
    return (placement != null && !known.contains(placement.writtenBy().id()))
        || (payload != null && !known.contains(payload.writtenBy().id()));
  }
}

package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the timelines of nodes that are not inner. All their operations are effective, so none is
 * decided again; yet what comes after a late one has another predecessor now.
 */
final class SoftTimelines {
  private final StructuralIndex index;
  private final Timelines timelines;
  private final WorkCounter work;

  SoftTimelines(StructuralIndex index, Timelines timelines, WorkCounter work) {
    this.index = index;
    this.timelines = timelines;
    this.work = work;
  }

  /**
   * Tells of new operations, before they are placed.
   *
   * @param rows the rows of their nodes
   * @param operations the operations by node, ascending
   */
  void tell(Collection<NodeRow> rows, Map<NodeId, List<Operation.Structural>> operations) {
    List<NodeRow> late = new ArrayList<>();
    for (NodeRow row : rows) {
      List<Operation.Structural> added = operations.getOrDefault(row.node(), List.of());
      PlacementRow placement = row.placement();
      if (placement == null || placement.writtenBy().compareTo(added.get(0).key()) < 0) {
        tell(added, new TreeMap<>(), placement);
      } else {
        late.add(row);
      }
    }
    // The only reading: of nodes with later operations of their own.
    index.loadHistories(late);
    for (NodeRow row : late) {
      List<Operation.Structural> added = operations.getOrDefault(row.node(), List.of());
      NavigableMap<CanonicalKey, StructuralRow> history = index.history(row.node());
      work.visit(row.isIndexed() ? history.size() : 0);
      Map.Entry<CanonicalKey, StructuralRow> start = history.lowerEntry(added.get(0).key());
      tell(
          added,
          history.tailMap(added.get(0).key(), false),
          start == null ? null : start.getValue().placement());
    }
  }

  private void tell(
      List<Operation.Structural> added,
      NavigableMap<CanonicalKey, StructuralRow> later,
      @Nullable PlacementRow start) {
    NavigableMap<CanonicalKey, StructuralRow> all = new TreeMap<>(later);
    for (Operation.Structural operation : added) {
      all.put(operation.key(), StructuralStep.entry(operation, true, false));
    }
    PlacementRow placement = start;
    for (StructuralRow row : all.values()) {
      timelines.step(row, !later.containsKey(row.key()), true, placement);
      placement = row.placement();
    }
  }
}

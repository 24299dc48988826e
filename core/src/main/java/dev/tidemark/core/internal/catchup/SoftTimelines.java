package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the timelines of nodes that are not inner. All their operations are effective, so none is
 * decided again; yet what comes after a late one has another predecessor now. So of a node's
 * history nothing is read but the neighbours of its new operations.
 */
final class SoftTimelines {
  private final ReadTransaction transaction;
  private final Timelines timelines;
  private final WorkCounter work;

  /** The first stored operations of parts of histories, and the last ones. */
  private final Map<HistoryRange, StructuralRow> firsts = new HashMap<>();

  private final Map<HistoryRange, StructuralRow> lasts = new HashMap<>();

  SoftTimelines(ReadTransaction transaction, Timelines timelines, WorkCounter work) {
    this.transaction = transaction;
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
    List<HistoryRange> before = new ArrayList<>();
    List<HistoryRange> behind = new ArrayList<>();
    for (NodeRow row : rows) {
      PlacementRow placement = row.placement();
      if (placement == null) {
        continue;
      }
      List<HistoryRange> parts = parts(row.node(), operations.getOrDefault(row.node(), List.of()));
      if (parts.get(0).contains(placement.writtenBy()) || !row.isIndexed()) {
        noteOnly(StructuralIndex.onlyEntry(row, placement), parts);
      } else {
        // The only reading: of nodes with later operations of their own.
        before.addAll(parts.subList(0, parts.size() - 1));
        behind.addAll(parts.subList(1, parts.size()));
        timelines.tellInPart(row.node());
      }
    }
    lasts.putAll(before.isEmpty() ? Map.of() : transaction.lastEffective(before));
    if (!behind.isEmpty()) {
      Map<HistoryRange, List<StructuralRow>> found = transaction.structuralOperations(behind, 1);
      work.visit(found.size());
      found.forEach((range, entries) -> firsts.put(range, entries.get(0)));
    }
    for (NodeRow row : rows) {
      List<Operation.Structural> added = operations.getOrDefault(row.node(), List.of());
      tell(added, parts(row.node(), added));
    }
  }

  /** What a node's new operations cut its history into: before the first, between, behind. */
  private static List<HistoryRange> parts(NodeId node, List<Operation.Structural> added) {
    List<HistoryRange> parts = new ArrayList<>(added.size() + 1);
    CanonicalKey after = null;
    for (Operation.Structural operation : added) {
      parts.add(new HistoryRange(node, after, operation.key()));
      after = operation.key();
    }
    parts.add(new HistoryRange(node, after, null));
    return parts;
  }

  /** Notes an operation that is alone, or behind which all parts but its own are empty. */
  private void noteOnly(StructuralRow only, List<HistoryRange> parts) {
    for (HistoryRange part : parts) {
      if (part.contains(only.key())) {
        firsts.put(part, only);
        lasts.put(part, only);
      }
    }
  }

  private void tell(List<Operation.Structural> added, List<HistoryRange> parts) {
    StructuralRow start = lasts.get(parts.get(0));
    PlacementRow placement = start == null ? null : start.placement();
    for (int i = 0; i < added.size(); i++) {
      StructuralRow fresh = StructuralStep.entry(added.get(i), true, false);
      timelines.step(fresh, true, true, placement);
      placement = fresh.placement();
      StructuralRow next = firsts.get(parts.get(i + 1));
      placement = tellAgain(next, placement);
      StructuralRow last = lasts.get(parts.get(i + 1));
      if (last != null && (next == null || !last.key().equals(next.key()))) {
        placement = tellAgain(last, placement);
      }
    }
  }

  private PlacementRow tellAgain(@Nullable StructuralRow logged, PlacementRow placement) {
    if (logged == null) {
      return placement;
    }
    timelines.step(logged, false, true, placement);
    return logged.placement();
  }
}

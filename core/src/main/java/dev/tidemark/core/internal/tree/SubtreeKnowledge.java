package dev.tidemark.core.internal.tree;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Collects what a deleter has seen of a subtree: of each node in it, hidden ones too, the
 * operations that placed it and the last write of its payload. Earlier placements count as seen as
 * well, so that a node does not come back when a late operation makes its latest placement
 * ineffective.
 */
public final class SubtreeKnowledge {
  private static final int PAGE = 500;

  private final ReadTransaction transaction;
  private final KnownOperations.Builder known = KnownOperations.builder();
  private final Deque<NodeId> open = new ArrayDeque<>();

  private SubtreeKnowledge(ReadTransaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Collects the operations of a node and everything below it.
   *
   * @param transaction the transaction
   * @param top the row of the node
   * @return their ids
   */
  public static KnownOperations of(ReadTransaction transaction, NodeRow top) {
    SubtreeKnowledge knowledge = new SubtreeKnowledge(transaction);
    knowledge.add(List.of(top));
    while (!knowledge.open.isEmpty()) {
      knowledge.addChildren(knowledge.open.remove());
    }
    return knowledge.known.build();
  }

  private void addChildren(NodeId parent) {
    SiblingKey after = null;
    List<NodeRow> page;
    do {
      page = transaction.children(parent, after, PAGE);
      add(page);
      if (!page.isEmpty()) {
        after = TreeReader.siblingKey(page.get(page.size() - 1));
      }
    } while (page.size() == PAGE);
  }

  private void add(List<NodeRow> rows) {
    List<NodeId> indexed = new ArrayList<>();
    for (NodeRow row : rows) {
      PlacementRow placement = row.placement();
      if (placement != null) {
        known.add(placement.writtenBy().id());
      }
      PayloadRow payload = row.payload();
      if (payload != null) {
        known.add(payload.writtenBy().id());
      }
      if (row.isIndexed()) {
        indexed.add(row.node());
      }
      if (row.isInner()) {
        open.add(row.node());
      }
    }
    HistoryPages.read(
        indexed.stream().map(HistoryRange::of).toList(),
        transaction::structuralOperations,
        StructuralRow::key,
        page ->
            page.values()
                .forEach(entries -> entries.forEach(entry -> known.add(entry.key().id()))));
  }
}

package dev.tidemark.core.internal.verify;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Part;
import dev.tidemark.core.internal.payload.StoredPayloads;
import dev.tidemark.core.internal.tree.HistoryPages;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the stored tree, its indexes and payloads with a fresh fold of the log. */
public final class Verifier {
  private static final int PAGE = 500;
  private static final int REPORT_EVERY = 1000;

  private final ReadTransaction transaction;
  private final ProgressListener progress;
  private final LogFold fold = new LogFold();
  private final Differences differences = new Differences();

  /** Keys behind what the tree reflects: they must match the state's frontier and head. */
  private @Nullable CanonicalKey frontier;

  private @Nullable CanonicalKey pendingHead;
  private long pending;
  private final LogGaps gaps = new LogGaps(differences);
  private final List<Operation.PayloadCarrying> storedApart = new ArrayList<>();

  /**
   * Verifies in a transaction.
   *
   * @param transaction the transaction
   * @param progress learns how many operations were folded
   */
  public Verifier(ReadTransaction transaction, ProgressListener progress) {
    this.transaction = transaction;
    this.progress = progress;
  }

  /**
   * Folds the log and compares.
   *
   * @return what was found
   */
  public VerificationReport verify() {
    DocumentState state = transaction.state();
    readLog(state);
    fold.finish();
    if (hasAllOf(state)) {
      compareState(state);
      compareNodes();
      compareOrphans();
      compareParents(state);
      comparePayloads();
    }
    long ineffective = 0;
    long tombstoned = 0;
    for (FoldedNode node : fold.nodes()) {
      ineffective += node.structural.stream().filter(row -> !row.isEffective()).count();
      tombstoned += node.isTombstoned ? 1 : 0;
    }
    return new VerificationReport(
        logged(),
        fold.nodes().size(),
        ineffective,
        tombstoned,
        differences.counts(),
        differences.first());
  }

  private void readLog(DocumentState state) {
    transaction.scanLog(
        Position.START,
        Long.MAX_VALUE - 1,
        logged -> {
          Operation operation = logged.operation();
          gaps.add(logged.position());
          if (operation instanceof Operation.PayloadCarrying carrying
              && carrying.payload() != null
              && !carrying.payload().isInline()) {
            storedApart.add(carrying);
          }
          if (logged.position().compareTo(state.materialized()) <= 0) {
            fold.add(operation);
          } else {
            CanonicalKey key = operation.key();
            pending++;
            frontier = frontier == null || key.compareTo(frontier) < 0 ? key : frontier;
            pendingHead = pendingHead == null || key.compareTo(pendingHead) > 0 ? key : pendingHead;
          }
          long done = logged();
          if (done % REPORT_EVERY == 0 || done == state.operations()) {
            progress.progress(done, state.operations());
          }
          return true;
        });
  }

  /**
   * Whether the log has the operations that were counted as they came. If not, it is the log that
   * is in doubt: it says nothing about the rest, of which some may not even be readable.
   */
  private boolean hasAllOf(DocumentState state) {
    boolean hasAll = logged() >= state.operations();
    if (!hasAll) {
      differences.compare(
          Part.LOG, null, state.operations() + " operations", logged() + " operations");
    }
    return hasAll;
  }

  private long logged() {
    return fold.operations() + pending;
  }

  private void compareState(DocumentState state) {
    CanonicalKey head = fold.head();
    if (head == null || (pendingHead != null && pendingHead.compareTo(head) > 0)) {
      head = pendingHead;
    }
    DocumentState expected =
        new DocumentState(
            gaps.lastVersion(),
            logged(),
            head,
            fold.innerHead(),
            state.materialized(),
            pending,
            frontier);
    differences.compare(Part.STATE, null, expected, state);
  }

  /** Goes through both sides in the order of node ids. */
  private void compareNodes() {
    Iterator<FoldedNode> expected = fold.nodes().iterator();
    FoldedNode next = expected.hasNext() ? expected.next() : null;
    NodeId after = null;
    List<NodeRow> page;
    do {
      page = transaction.nodesAfter(after, PAGE);
      Map<NodeId, FoldedNode> matched = new TreeMap<>();
      for (NodeRow row : page) {
        while (next != null && next.node.compareTo(row.node()) < 0) {
          missing(next);
          next = expected.hasNext() ? expected.next() : null;
        }
        if (next != null && next.node.equals(row.node())) {
          differences.compare(Part.NODE, row.node(), next.row(), row);
          matched.put(row.node(), next);
          next = expected.hasNext() ? expected.next() : null;
        } else {
          differences.compare(Part.NODE, row.node(), null, row);
          matched.put(row.node(), new FoldedNode(row.node()));
        }
        after = row.node();
      }
      compareIndexes(matched);
    } while (page.size() == PAGE);
    while (next != null) {
      missing(next);
      next = expected.hasNext() ? expected.next() : null;
    }
  }

  private void missing(FoldedNode node) {
    differences.compare(Part.NODE, node.node, node.row(), null);
    compareIndexes(Map.of(node.node, node));
  }

  private void compareIndexes(Map<NodeId, FoldedNode> nodes) {
    if (nodes.isEmpty()) {
      return;
    }
    compareEntries(nodes);
    Map<NodeId, KnownOperations> covered = transaction.deletions(nodes.keySet());
    nodes.forEach(
        (id, node) -> {
          differences.compare(Part.DELETIONS, id, node.covered, covered.get(id));
        });
  }

  /** The stored entries in pages, as the history of one node may be long. */
  private void compareEntries(Map<NodeId, FoldedNode> nodes) {
    Map<NodeId, Map<CanonicalKey, StructuralRow>> missing = new TreeMap<>();
    nodes.forEach((id, node) -> missing.put(id, node.entries()));
    HistoryPages.read(
        nodes.keySet().stream().map(HistoryRange::of).toList(),
        transaction::structuralOperations,
        StructuralRow::key,
        page ->
            page.forEach(
                (range, rows) -> {
                  Map<CanonicalKey, StructuralRow> expected =
                      missing.computeIfAbsent(range.node(), node -> new TreeMap<>());
                  for (StructuralRow row : rows) {
                    differences.compare(
                        Part.STRUCTURAL_INDEX, range.node(), expected.remove(row.key()), row);
                  }
                }));
    missing.forEach(
        (id, rows) ->
            rows.values()
                .forEach(row -> differences.compare(Part.STRUCTURAL_INDEX, id, row, null)));
  }

  /** Index entries and deletions of nodes that have no row and that no operation touches. */
  private void compareOrphans() {
    NodeId after = null;
    List<NodeId> page;
    do {
      page = transaction.indexedNodesAfter(after, PAGE);
      List<NodeId> unknown = page.stream().filter(node -> fold.existing(node) == null).toList();
      if (!unknown.isEmpty()) {
        // Those with a row were compared along with it.
        Map<NodeId, NodeRow> rows = transaction.nodes(unknown);
        Map<NodeId, FoldedNode> orphans = new TreeMap<>();
        unknown.stream()
            .filter(node -> !rows.containsKey(node))
            .forEach(node -> orphans.put(node, new FoldedNode(node)));
        compareIndexes(orphans);
      }
      after = page.isEmpty() ? null : page.get(page.size() - 1);
    } while (page.size() == PAGE);
  }

  /** The log once more, now that it is known where each node was at each operation. */
  private void compareParents(DocumentState state) {
    FoldedParents expected = new FoldedParents(fold);
    transaction.scanLog(
        Position.START,
        Long.MAX_VALUE - 1,
        logged -> {
          boolean isReflected = logged.position().compareTo(state.materialized()) <= 0;
          if (isReflected) {
            expected.add(logged);
          }
          return isReflected;
        });
    StoredParents stored = new StoredParents(transaction, PAGE);
    expected.forEach(
        row -> {
          ParentRow next = stored.peek();
          while (next != null && next.compareTo(row) < 0) {
            differences.compare(Part.PARENT_INDEX, next.parent(), null, next.position());
            stored.take();
            next = stored.peek();
          }
          if (row.equals(next)) {
            stored.take();
          } else {
            differences.compare(Part.PARENT_INDEX, row.parent(), row.position(), null);
          }
        });
    for (ParentRow next = stored.peek(); next != null; next = stored.peek()) {
      differences.compare(Part.PARENT_INDEX, next.parent(), null, next.position());
      stored.take();
    }
  }

  private void comparePayloads() {
    for (Operation.PayloadCarrying operation : storedApart) {
      Payload payload = operation.payload();
      if (payload != null) {
        differences.compare(
            Part.PAYLOAD, operation.node(), payload.digest(), storedDigest(operation, payload));
      }
    }
  }

  private @Nullable PayloadDigest storedDigest(
      Operation.PayloadCarrying operation, Payload payload) {
    try {
      return StoredPayloads.digest(transaction, operation.id(), payload.size());
    } catch (TidemarkException e) {
      if (e.code() == ErrorCode.PAYLOAD_MISSING) {
        return null;
      }
      throw e;
    }
  }
}

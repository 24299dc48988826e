package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.core.internal.catchup.Timelines.Membership;
import dev.tidemark.core.internal.catchup.Timelines.Parents;
import dev.tidemark.core.internal.catchup.Timelines.Span;
import dev.tidemark.core.internal.catchup.Timelines.Timeline;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Step 9: keeps the parent index exact. An operation on a node belongs to the parent that the node
 * is under just before it, and to the one just after it, in canonical order.
 *
 * <p>So what an operation belongs to depends on its place and on the effective timeline of its own
 * node, and on nothing else. A catch-up changes it for these operations only:
 *
 * <ol>
 *   <li>those of the batch, which belonged to nothing;
 *   <li>structural operations on nodes whose timeline changes: because the batch has structural
 *       operations on the node, or because a replay decided otherwise on one. The fold has them all
 *       in hand ({@link Timelines});
 *   <li>content operations (payload writes and deletes) on such nodes, where they stand in a span
 *       in which the node is elsewhere now. Only these are looked up, and only where the node's row
 *       does not tell that there is none: the last payload write is before the first such span and
 *       nothing deletes the node, or the span begins above all that the tree reflects.
 * </ol>
 *
 * <p>In an append in order no span begins below the head, so nothing is read (rule R2).
 */
final class ParentIndex {
  /** So many single look-ups are cheaper than the histories of their nodes, which may be long. */
  private static final int SINGLE_LOOK_UPS = 16;

  private final ReadTransaction transaction;
  private final WorkingTree tree;
  private final WorkCounter work;
  private final Position materialized;
  private final Map<CanonicalKey, Position> batch = new HashMap<>();
  private final List<Operation> content = new ArrayList<>();
  private final Timelines timelines;
  private final List<ParentRow> added = new ArrayList<>();
  private final List<ParentRow> removed = new ArrayList<>();

  /**
   * Prepares for a batch.
   *
   * @param materialized the last position that the tree reflected before
   */
  ParentIndex(
      ReadTransaction transaction,
      WorkingTree tree,
      WorkCounter work,
      Position materialized,
      Collection<LoggedOperation> operations) {
    this.transaction = transaction;
    this.tree = tree;
    this.work = work;
    this.materialized = materialized;
    Set<NodeId> asked = new HashSet<>();
    for (LoggedOperation logged : operations) {
      Operation operation = logged.operation();
      batch.put(operation.key(), logged.position());
      if (!(operation instanceof Operation.Structural)) {
        content.add(operation);
        asked.add(operation.node());
      }
    }
    this.timelines = new Timelines(asked);
  }

  /** Receives the structural operations as they are folded. */
  Timelines timelines() {
    return timelines;
  }

  /**
   * Finds out what changes. Reads, and so may reach the limit of work; writes nothing.
   *
   * @param head the largest key that the tree reflected before, or null where it is not known
   */
  void update(@Nullable CanonicalKey head) {
    List<Membership> old = new ArrayList<>();
    for (Membership membership : timelines.changed()) {
      Position position = batch.get(membership.key());
      if (position == null) {
        old.add(membership);
      } else {
        note(membership, position);
      }
    }
    addContent();
    old.addAll(changedContent(head));
    notePositions(old);
  }

  private void note(Membership membership, Position position) {
    for (NodeId parent : membership.now().without(membership.was())) {
      added.add(new ParentRow(parent, position));
    }
    for (NodeId parent : membership.was().without(membership.now())) {
      removed.add(new ParentRow(parent, position));
    }
  }

  /** The payload writes and deletes of the batch itself. */
  private void addContent() {
    Map<Operation, NodeId> parents = new HashMap<>();
    List<Operation> unknown = new ArrayList<>();
    for (Operation operation : content) {
      Timeline timeline = timelines.of(operation.node());
      CanonicalKey key = operation.key();
      if (timeline != null && key.compareTo(timeline.first()) > 0) {
        Map.Entry<CanonicalKey, Span> span = timeline.spans().floorEntry(key);
        put(parents, operation, span == null ? null : span.getValue().now());
        continue;
      }
      NodeRow before = tree.before(operation.node());
      PlacementRow placement = timeline == null ? before.placement() : timeline.start();
      if (placement != null && placement.writtenBy().compareTo(key) < 0) {
        put(parents, operation, placement.parent());
      } else if (placement != null && before.isIndexed()) {
        unknown.add(operation);
      }
      // Else no structural operation of the node is before this one.
    }
    lookUp(unknown, parents);
    for (Operation operation : content) {
      Position position = batch.get(operation.key());
      NodeId parent = parents.get(operation);
      if (position != null && parent != null) {
        added.add(new ParentRow(parent, position));
      }
    }
  }

  private static void put(
      Map<Operation, NodeId> parents, Operation operation, @Nullable NodeId parent) {
    if (parent != null) {
      parents.put(operation, parent);
    }
  }

  /** Where nodes were just before operations that are older than what their rows tell. */
  private void lookUp(List<Operation> operations, Map<Operation, NodeId> parents) {
    if (operations.size() <= SINGLE_LOOK_UPS) {
      for (Operation operation : operations) {
        NodeId node = operation.node();
        StructuralRow last =
            transaction.lastEffectiveBefore(List.of(node), operation.key()).get(node);
        put(parents, operation, last == null ? null : last.parent());
      }
      return;
    }
    Set<NodeId> nodes = new LinkedHashSet<>();
    operations.forEach(operation -> nodes.add(operation.node()));
    Map<NodeId, List<StructuralRow>> histories = transaction.structuralOperations(nodes);
    histories.values().forEach(history -> work.visit(history.size()));
    for (Operation operation : operations) {
      NodeId parent = null;
      for (StructuralRow row : histories.getOrDefault(operation.node(), List.of())) {
        if (row.isEffective() && row.key().compareTo(operation.key()) < 0) {
          parent = row.parent();
        }
      }
      put(parents, operation, parent);
    }
  }

  /** The payload writes and deletes that the tree had, in spans where their node is elsewhere. */
  private List<Membership> changedContent(@Nullable CanonicalKey head) {
    Map<NodeId, Timeline> concerned = new HashMap<>();
    timelines
        .all()
        .forEach(
            (node, timeline) -> {
              CanonicalKey from = timeline.firstChange();
              if (from != null && mayHaveContentFrom(tree.before(node), from, head)) {
                concerned.put(node, timeline);
              }
            });
    if (concerned.isEmpty()) {
      return List.of();
    }
    List<Membership> changed = new ArrayList<>();
    transaction
        .contentOperations(concerned.keySet())
        .forEach(
            (node, keys) -> {
              Timeline timeline = concerned.get(node);
              for (CanonicalKey key : keys) {
                if (timeline == null || batch.containsKey(key)) {
                  continue;
                }
                work.visit(1);
                Map.Entry<CanonicalKey, Span> span = timeline.spans().floorEntry(key);
                if (span != null && span.getValue().isChanged()) {
                  Span value = span.getValue();
                  changed.add(
                      new Membership(key, Parents.of(value.was()), Parents.of(value.now())));
                }
              }
            });
    return changed;
  }

  private static boolean mayHaveContentFrom(
      NodeRow before, CanonicalKey from, @Nullable CanonicalKey head) {
    if (head != null && from.compareTo(head) > 0) {
      return false;
    }
    PayloadRow payload = before.payload();
    return before.isDeleted() || (payload != null && payload.writtenBy().compareTo(from) > 0);
  }

  private void notePositions(List<Membership> old) {
    if (old.isEmpty()) {
      return;
    }
    List<OperationId> ids = old.stream().map(membership -> membership.key().id()).toList();
    Map<OperationId, Position> positions = transaction.positions(ids);
    for (Membership membership : old) {
      Position position = positions.get(membership.key().id());
      // What is pending behind this batch is not in the index yet.
      if (position != null && position.compareTo(materialized) <= 0) {
        note(membership, position);
      }
    }
  }

  /** Writes what changed, and returns how many rows that were. */
  long write(WriteTransaction writing) {
    if (!removed.isEmpty()) {
      writing.removeParentRows(removed);
    }
    if (!added.isEmpty()) {
      writing.putParentRows(added);
    }
    return (long) added.size() + removed.size();
  }
}

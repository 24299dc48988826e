package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.core.internal.catchup.Timelines.Membership;
import dev.tidemark.core.internal.catchup.Timelines.Span;
import dev.tidemark.core.internal.catchup.Timelines.Timeline;
import dev.tidemark.spi.HistoryRange;
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
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
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
 *       in which the node is elsewhere now. Only these are looked up, by the bounds of the span,
 *       and only where the node's row does not tell that there is none: the last payload write is
 *       before the span and nothing deletes the node, or the span begins above all that the tree
 *       reflects.
 * </ol>
 *
 * <p>In an append in order no span begins below the head, so nothing is read (rule R2).
 */
final class ParentIndex {
  private final ReadTransaction transaction;
  private final WorkingTree tree;
  private final WorkCounter work;
  private final Position materialized;
  private final Map<CanonicalKey, Position> batch = new HashMap<>();
  private final List<Operation> content = new ArrayList<>();
  private final Timelines timelines;
  private final MovedContent moved;
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
    Map<NodeId, NavigableSet<CanonicalKey>> asked = new HashMap<>();
    for (LoggedOperation logged : operations) {
      Operation operation = logged.operation();
      batch.put(operation.key(), logged.position());
      if (!(operation instanceof Operation.Structural)) {
        content.add(operation);
        asked.computeIfAbsent(operation.node(), node -> new TreeSet<>()).add(operation.key());
      }
    }
    this.timelines = new Timelines(asked);
    this.moved = new MovedContent(transaction, batch::containsKey);
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
    findMovedContent(head);
    moved.count(work);
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
    List<Question> questions = new ArrayList<>();
    for (Operation operation : content) {
      Timeline timeline = timelines.of(operation.node());
      if (timeline != null && operation.key().compareTo(timeline.first()) > 0) {
        within(timeline, operation, questions);
        continue;
      }
      NodeRow before = tree.before(operation.node());
      PlacementRow placement = timeline == null ? before.placement() : timeline.start();
      if (placement != null && placement.writtenBy().compareTo(operation.key()) < 0) {
        addContent(operation, placement.parent());
      } else if (placement != null && before.isIndexed()) {
        HistoryRange range = HistoryRange.before(operation.node(), operation.key());
        questions.add(new Question(operation, range, null));
      }
      // Else no structural operation of the node is before this one.
    }
    ask(questions);
  }

  /** A content operation above the first operation that its node's timeline was told of. */
  private void within(Timeline timeline, Operation operation, List<Question> questions) {
    Map.Entry<CanonicalKey, Span> entry = timeline.at(operation.key());
    if (entry == null) {
      return;
    }
    NodeId node = operation.node();
    Span span = entry.getValue();
    PlacementRow last = tree.before(node).placement();
    if (!timelines.isToldInPart(node) || span.isChanged() || last == null) {
      addContent(operation, span.now());
    } else if (last.writtenBy().compareTo(operation.key()) < 0) {
      boolean isLater = last.writtenBy().compareTo(entry.getKey()) > 0;
      addContent(operation, isLater ? last.parent() : span.now());
    } else {
      // Logged operations that were not told of may stand between.
      HistoryRange range = new HistoryRange(node, entry.getKey(), operation.key());
      questions.add(new Question(operation, range, span.now()));
    }
  }

  /**
   * Asks where a node was just before an operation that is older than what is at hand.
   *
   * @param operation the operation
   * @param range the part of its node's history in which the answer may stand
   * @param otherwise the answer if nothing stands there
   */
  private record Question(Operation operation, HistoryRange range, @Nullable NodeId otherwise) {}

  private void ask(List<Question> questions) {
    if (questions.isEmpty()) {
      return;
    }
    Map<HistoryRange, StructuralRow> answers =
        transaction.lastEffective(questions.stream().map(Question::range).toList());
    for (Question question : questions) {
      StructuralRow last = answers.get(question.range());
      addContent(question.operation(), last == null ? question.otherwise() : last.parent());
    }
  }

  private void addContent(Operation operation, @Nullable NodeId parent) {
    Position position = batch.get(operation.key());
    if (position != null && parent != null) {
      added.add(new ParentRow(parent, position));
    }
  }

  /** The payload writes and deletes that the tree had, in spans where their node is elsewhere. */
  private void findMovedContent(@Nullable CanonicalKey head) {
    timelines
        .all()
        .forEach(
            (node, timeline) ->
                timeline
                    .changes(node)
                    .forEach(
                        (range, span) -> {
                          if (mayHaveContent(tree.before(node), range.after(), head)) {
                            moved.add(range, span);
                          }
                        }));
  }

  private static boolean mayHaveContent(
      NodeRow before, @Nullable CanonicalKey from, @Nullable CanonicalKey head) {
    if (from == null || (head != null && from.compareTo(head) > 0)) {
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
    long[] rows = {writeNoted(writing)};
    moved.forEachPage(
        page -> {
          notePositions(page);
          rows[0] += writeNoted(writing);
        });
    return rows[0];
  }

  private long writeNoted(WriteTransaction writing) {
    if (!removed.isEmpty()) {
      writing.removeParentRows(removed);
    }
    if (!added.isEmpty()) {
      writing.putParentRows(added);
    }
    long rows = (long) added.size() + removed.size();
    added.clear();
    removed.clear();
    return rows;
  }
}

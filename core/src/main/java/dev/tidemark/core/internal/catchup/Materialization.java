package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Position;
import dev.tidemark.core.internal.tree.SeenRows;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings one batch of pending operations into the tree: the algorithm of the design, section 8,
 * from step 0 to step 8, and the parent index after it. All rows are written at the end.
 */
final class Materialization {
  private final ReadTransaction transaction;

  /** Where the rows are written to; null where only the changes are asked for. */
  private final @Nullable WriteTransaction target;

  private final WitnessCache witnesses;
  private final WorkCounter work;
  private final WorkingTree tree;
  private final Deletions deletions;
  private final StructuralIndex index;
  private final Position materialized;

  Materialization(
      WriteTransaction transaction,
      DocumentState state,
      SeenRows seen,
      WitnessCache witnesses,
      WorkCounter work) {
    this(transaction, transaction, state, seen, witnesses, work);
  }

  private Materialization(
      ReadTransaction transaction,
      @Nullable WriteTransaction target,
      DocumentState state,
      SeenRows seen,
      WitnessCache witnesses,
      WorkCounter work) {
    this.transaction = transaction;
    this.target = target;
    this.witnesses = witnesses;
    this.work = work;
    this.tree = new WorkingTree(transaction, seen);
    this.deletions = new Deletions(transaction);
    this.index = new StructuralIndex(transaction, state.innerHead());
    this.materialized = state.materialized();
  }

  /** One that writes nothing: for those who ask only what a batch changes. */
  static Materialization dry(
      ReadTransaction transaction, DocumentState state, WitnessCache witnesses) {
    return new Materialization(
        transaction,
        null,
        state,
        new SeenRows(transaction),
        witnesses,
        new WorkCounter(Long.MAX_VALUE));
  }

  /** The largest key in the inner index after the batch. */
  @Nullable CanonicalKey innerHead() {
    return index.innerHead();
  }

  /**
   * Runs the batch.
   *
   * @param batch the operations that stand right behind what the tree reflects
   * @param head the largest key that the tree reflected before, to tell late from in order
   * @param isHeadKnown whether no key that the tree reflected is above the head
   * @param changes receives the net visible changes
   */
  CatchUp run(
      List<LoggedOperation> batch,
      @Nullable CanonicalKey head,
      boolean isHeadKnown,
      NetChanges changes) {
    long start = System.nanoTime();
    List<Operation> operations = batch.stream().map(LoggedOperation::operation).toList();
    ParentIndex parents =
        target == null ? null : new ParentIndex(transaction, tree, work, materialized, batch);
    Timelines timelines = parents == null ? Timelines.unkept() : parents.timelines();
    load(operations);
    List<Operation.Structural> structural = new ArrayList<>();
    boolean isLate = false;
    for (Operation operation : operations) {
      isLate |= head != null && operation.key().compareTo(head) < 0;
      if (operation instanceof Operation.Structural placing) {
        structural.add(placing);
      }
      commute(operation);
    }
    long visitedBefore = work.visited();
    CatchUpPath path =
        new StructuralStep(transaction, tree, index, work, timelines).run(structural);
    if (isLate && path == CatchUpPath.IN_ORDER) {
      path = CatchUpPath.COMMUTING;
    }
    if (parents != null) {
      // Before the changes are noted: it may reach the limit of work, and then nothing happened.
      parents.update(isHeadKnown ? head : null);
    }
    new Tombstones(transaction.document(), tree, deletions, witnesses).decide(tree.touched());
    changes.add(tree, tree.touched());
    long rowsWritten =
        target == null || parents == null ? 0 : write(target) + parents.write(target);
    return new CatchUp(
        path,
        operations.size(),
        work.visited() - visitedBefore,
        rowsWritten,
        System.nanoTime() - start);
  }

  private void load(Collection<? extends Operation> operations) {
    Set<NodeId> nodes = new LinkedHashSet<>();
    Set<NodeId> deleted = new LinkedHashSet<>();
    for (Operation operation : operations) {
      nodes.add(operation.node());
      if (operation instanceof Operation.Structural placing) {
        nodes.add(placing.parent());
      } else if (operation instanceof Operation.Delete) {
        deleted.add(operation.node());
      }
    }
    tree.loadChains(nodes);
    deletions.load(deleted.stream().filter(node -> tree.now(node).isDeleted()).toList());
  }

  /** Step 1: payload writes and deletes have the same outcome in any order. */
  private void commute(Operation operation) {
    NodeRow row = tree.now(operation.node());
    if (operation instanceof Operation.Delete delete) {
      deletions.join(delete);
      tree.put(row.asDeleted());
    } else if (operation instanceof Operation.SetPayload write) {
      writePayload(row, write, write.payload() != null);
    } else if (operation instanceof Operation.Insert insert && insert.payload() != null) {
      writePayload(row, insert, true);
    }
  }

  private void writePayload(NodeRow row, Operation operation, boolean isPresent) {
    PayloadRow current = row.payload();
    if (current == null || current.writtenBy().compareTo(operation.key()) < 0) {
      tree.put(row.withPayload(new PayloadRow(operation.key(), isPresent)));
    }
  }

  private long write(WriteTransaction writer) {
    List<NodeRow> rows = tree.changedRows();
    if (!rows.isEmpty()) {
      writer.putNodes(rows);
    }
    long entries = index.write(writer);
    if (!deletions.grown().isEmpty()) {
      writer.putDeletions(deletions.grown());
    }
    return rows.size() + entries + deletions.grown().size();
  }
}

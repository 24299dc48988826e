package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.Change;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what was changed between two snapshots of one document, whoever changed it and in how
 * many steps: brings the operations that the newer tree has more into the older tree, and writes
 * nothing.
 *
 * <p>Exact, because a tree is a function of the set of operations alone, and because what the two
 * trees differ in is a run of the log: the operations between the last positions that they reflect.
 * All rows of the tree and its indexes are read from the older snapshot, all of the log from the
 * newer one. It is one batch, however long: a second step would have to see the rows of the first,
 * which stand nowhere. So memory grows with the operations, and the caller sets a limit.
 */
public final class DryCatchUp {
  private static final Payload NO_BYTES = Payload.of("");

  private final ReadTransaction older;
  private final DocumentState from;
  private final ReadTransaction newer;
  private final DocumentState to;

  /**
   * Prepares a comparison.
   *
   * @param older the snapshot before
   * @param from its state
   * @param newer the snapshot after
   * @param to its state
   */
  public DryCatchUp(
      ReadTransaction older, DocumentState from, ReadTransaction newer, DocumentState to) {
    this.older = older;
    this.from = from;
    this.newer = newer;
    this.to = to;
  }

  /**
   * Counts the operations that a tree reflects.
   *
   * @param state a document's state
   * @return the number
   */
  public static long materialized(DocumentState state) {
    return state.operations() - state.pending();
  }

  /**
   * Reads the operation that a tree reflected last, in position order.
   *
   * @param transaction a snapshot
   * @param state its state
   * @return its id, by which one log is told from another; null while the tree reflects none
   */
  public static @Nullable OperationId lastOf(ReadTransaction transaction, DocumentState state) {
    List<OperationId> found = new ArrayList<>(1);
    if (materialized(state) > 0) {
      transaction.scanLog(
          state.materialized(),
          state.materialized().version(),
          logged -> {
            found.add(logged.operation().id());
            return false;
          });
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * Runs the comparison.
   *
   * @param witnesses hints of whoever compares
   * @return the net visible changes from the older to the newer tree
   * @throws TidemarkException with {@code STORE_CORRUPT} if the older tree or the log is damaged
   */
  public List<Change> changes(WitnessCache witnesses) {
    NetChanges changes = new NetChanges(true);
    Materialization.dry(older, from, witnesses).run(operations(), null, false, changes);
    return changes.changes();
  }

  private List<LoggedOperation> operations() {
    long count = materialized(to) - materialized(from);
    List<LoggedOperation> operations = new ArrayList<>();
    newer.scanLog(
        from.materialized().next(),
        to.materialized().version(),
        logged -> {
          boolean isWithin = logged.position().compareTo(to.materialized()) <= 0;
          if (isWithin) {
            operations.add(withoutBytes(logged));
          }
          return isWithin && operations.size() < count;
        });
    if (operations.size() != count) {
      throw TidemarkException.of(ErrorCode.STORE_CORRUPT)
          .with(Detail.PROBLEM, "operations are missing in the log")
          .with(Detail.EXPECTED, count)
          .with(Detail.ACTUAL, operations.size())
          .build();
    }
    return operations;
  }

  /** Only whether there is a payload counts, and the bytes of many are too much to hold. */
  private static LoggedOperation withoutBytes(LoggedOperation logged) {
    if (logged.operation() instanceof Operation.PayloadCarrying carrying) {
      Payload payload = carrying.payload();
      if (payload != null && payload.isInline()) {
        return new LoggedOperation(logged.position(), carrying.withPayload(NO_BYTES));
      }
    }
    return logged;
  }
}

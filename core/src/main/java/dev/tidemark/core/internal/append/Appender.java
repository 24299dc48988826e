package dev.tidemark.core.internal.append;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Change;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.tree.Frontiers;
import dev.tidemark.core.internal.tree.SeenRows;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Appends operations to a document's log as one version, and brings its tree up to date. */
public final class Appender {
  private final CatchUpEngine catchUp;
  private final long maxClockJump;

  /**
   * Makes an appender.
   *
   * @param catchUp brings the tree up to date
   * @param maxClockJump how far a Lamport time may be ahead of the head's
   */
  public Appender(CatchUpEngine catchUp, long maxClockJump) {
    this.catchUp = catchUp;
    this.maxClockJump = maxClockJump;
  }

  /**
   * Appends operations in any order, known or not. Does not commit.
   *
   * @param transaction the transaction
   * @param operations the operations; the bytes of payloads that are references are stored already
   * @param policy when to bring the tree up to date
   * @return what was done
   */
  public AppendResult append(
      WriteTransaction transaction, List<? extends Operation> operations, CatchUpPolicy policy) {
    Set<ReplicaId> replicas = new HashSet<>();
    operations.forEach(operation -> replicas.add(operation.id().replica()));
    return append(
        transaction,
        operations,
        policy,
        transaction.lastCounters(replicas),
        new SeenRows(transaction));
  }

  /**
   * Does the same for one who has looked at the document in this transaction.
   *
   * @param transaction the transaction
   * @param operations the operations; the bytes of payloads that are references are stored already
   * @param policy when to bring the tree up to date
   * @param lastCounters the largest logged counter of each author that has one
   * @param seen rows of the tree as it is now
   * @return what was done
   */
  AppendResult append(
      WriteTransaction transaction,
      List<? extends Operation> operations,
      CatchUpPolicy policy,
      Map<ReplicaId, Long> lastCounters,
      SeenRows seen) {
    DocumentState state = transaction.state();
    Incoming incoming = Incoming.check(transaction, state, operations, lastCounters, maxClockJump);
    List<LoggedOperation> entries =
        incoming.fresh().isEmpty()
            ? List.of()
            : log(transaction, state.version() + 1, incoming.fresh());
    DocumentState logged = entries.isEmpty() ? state : logged(state, entries);
    // Even when nothing is new: after an immediate append nothing is pending (rule R1).
    if (policy instanceof CatchUpPolicy.Immediate immediate && logged.pending() > 0) {
      boolean isUpToDate = state.pending() == 0;
      CatchUpEngine.Outcome outcome =
          catchUp.catchUp(
              transaction,
              logged,
              isUpToDate ? entries : List.of(),
              isUpToDate ? state.head() : null,
              immediate.workLimit(),
              seen);
      return result(transaction, outcome.state(), incoming, outcome.work(), outcome.changes());
    }
    if (!entries.isEmpty()) {
      transaction.putState(logged);
    }
    return result(transaction, logged, incoming, CatchUp.NONE, List.of());
  }

  private static List<LoggedOperation> log(
      WriteTransaction transaction, long version, List<Operation> operations) {
    List<Operation> stored = PayloadStorage.store(transaction, operations);
    List<LoggedOperation> entries = new ArrayList<>(stored.size());
    for (int sequence = 0; sequence < stored.size(); sequence++) {
      entries.add(new LoggedOperation(new Position(version, sequence), stored.get(sequence)));
    }
    transaction.appendLog(entries);
    return entries;
  }

  private static DocumentState logged(DocumentState state, List<LoggedOperation> entries) {
    CanonicalKey head = state.head();
    CanonicalKey frontier = state.frontier();
    for (LoggedOperation entry : entries) {
      CanonicalKey key = entry.operation().key();
      head = head == null || key.compareTo(head) > 0 ? key : head;
      frontier = frontier == null || key.compareTo(frontier) < 0 ? key : frontier;
    }
    return new DocumentState(
        state.version() + 1,
        state.operations() + entries.size(),
        head,
        state.innerHead(),
        state.materialized(),
        state.pending() + entries.size(),
        frontier);
  }

  private static AppendResult result(
      WriteTransaction transaction,
      DocumentState state,
      Incoming incoming,
      CatchUp work,
      List<Change> changes) {
    return new AppendResult(
        state.version(),
        incoming.fresh().size(),
        incoming.known(),
        incoming.late(),
        new ChangeSet(transaction.document(), state.version(), changes),
        work,
        Frontiers.of(state));
  }

  /**
   * Refuses an operation that the log would not take, before its payload has come.
   *
   * @param transaction the transaction
   * @param operation an operation that is not in the log
   */
  public void requireAcceptable(ReadTransaction transaction, Operation operation) {
    Incoming.requireClock(operation, transaction.state().head(), maxClockJump);
  }

  /**
   * Tells whether an append that returned a result was committed: all operations that were new in
   * it are in the log at its version, and not only some that another writer had as well. Repeating
   * it instead would say that all was known, and its changes would never reach a listener.
   *
   * @param transaction a later transaction
   * @param result what the append returned
   * @param operations what was appended
   * @return whether it is in the log
   */
  public boolean wasCommitted(
      ReadTransaction transaction, AppendResult result, List<? extends Operation> operations) {
    if (result.appended() == 0) {
      // It only brought pending operations into the tree: that is done, whoever did it.
      DocumentState state = transaction.state();
      return result.catchUp().operations() > 0
          && state.pending() == 0
          && state.version() == result.version();
    }
    Set<OperationId> ids = new HashSet<>();
    operations.forEach(operation -> ids.add(operation.id()));
    long found =
        transaction.operations(ids).values().stream()
            .filter(entry -> entry.position().version() == result.version())
            .count();
    return found == result.appended();
  }
}

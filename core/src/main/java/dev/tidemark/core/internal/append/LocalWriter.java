package dev.tidemark.core.internal.append;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Limits;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.transaction.UnitOfWork;
import dev.tidemark.core.internal.tree.SeenRows;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes operations of a local replica: brings the tree up to date, lets the author look at it,
 * numbers what the author writes, and appends it; all in one transaction.
 */
public final class LocalWriter implements UnitOfWork<LocalWriter.Written> {
  private final ReplicaId replica;
  private final Author author;
  private final CatchUpEngine catchUp;
  private final Appender appender;
  private final CatchUpPolicy policy;

  /** Decides what to write, from the tree as it is in the transaction. */
  @FunctionalInterface
  public interface Author {
    /**
     * Makes operations. Writes no rows of the tree itself.
     *
     * @param transaction the transaction, with an up-to-date tree
     * @param seen reads rows of the tree, which the catch-up then need not read again
     * @param clock gives the next Lamport times and ids
     * @return the operations, at least one
     */
    List<Operation> write(WriteTransaction transaction, SeenRows seen, Clock clock);
  }

  /**
   * What was written.
   *
   * @param append the outcome of the append
   * @param changes the net changes: of operations that were pending, and of those written
   * @param earlier what bringing pending operations into the tree took
   * @param operations what was written
   */
  public record Written(
      AppendResult append, List<ChangeSet> changes, CatchUp earlier, List<Operation> operations) {}

  /**
   * Writes as a replica.
   *
   * @param replica the replica
   * @param author decides what to write
   * @param catchUp brings the tree up to date
   * @param appender appends
   * @param policy when to bring the written operations into the tree
   */
  public LocalWriter(
      ReplicaId replica,
      Author author,
      CatchUpEngine catchUp,
      Appender appender,
      CatchUpPolicy policy) {
    this.replica = replica;
    this.author = author;
    this.catchUp = catchUp;
    this.appender = appender;
    this.policy = policy;
  }

  @Override
  public Written run(WriteTransaction transaction) {
    List<ChangeSet> changes = new ArrayList<>();
    CatchUp earlier = CatchUp.NONE;
    DocumentState state = transaction.state();
    if (state.pending() > 0) {
      CatchUpEngine.Outcome outcome = catchUp.catchUp(transaction, state);
      earlier = outcome.work();
      changes.add(new ChangeSet(transaction.document(), state.version(), outcome.changes()));
    }
    Map<ReplicaId, Long> lastCounters = transaction.lastCounters(List.of(replica));
    long counter = lastCounters.getOrDefault(replica, 0L);
    CanonicalKey head = state.head();
    Clock clock = new Clock(replica, counter, head == null ? 0 : head.lamport());
    SeenRows seen = new SeenRows(transaction);
    List<Operation> operations = author.write(transaction, seen, clock);
    AppendResult append = appender.append(transaction, operations, policy, lastCounters, seen);
    changes.add(append.changes());
    return new Written(append, changes, earlier, operations);
  }

  @Override
  public boolean wasCommitted(ReadTransaction transaction, Written result) {
    return appender.wasCommitted(transaction, result.append(), result.operations());
  }

  /** Numbers the operations of one append. */
  public static final class Clock {
    private final ReplicaId replica;
    private long counter;
    private long lamport;

    Clock(ReplicaId replica, long counter, long lamport) {
      this.replica = replica;
      this.counter = counter;
      this.lamport = lamport;
    }

    /**
     * Takes the next id.
     *
     * @return the id; its Lamport time is {@link #lamport}
     */
    public OperationId next() {
      if (counter >= Limits.MAX_COUNT || lamport >= Limits.MAX_COUNT) {
        throw TidemarkException.of(ErrorCode.CLOCK_EXHAUSTED)
            .with(Detail.LIMIT, Limits.MAX_COUNT)
            .build();
      }
      counter++;
      lamport++;
      return new OperationId(replica, counter);
    }

    /**
     * Returns the Lamport time of the id taken last.
     *
     * @return the time
     */
    public long lamport() {
      return lamport;
    }
  }
}

package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.Change;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.tree.SeenRows;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a document's tree up to date inside a write transaction. Pending operations are always the
 * end of the log: those behind {@link DocumentState#materialized()}.
 */
public final class CatchUpEngine {
  private static final int REMOVED_AT_ONCE = 10_000;

  /** One less, as ranges of some backends end before the version that follows. */
  private static final long LAST_VERSION = Long.MAX_VALUE - 1;

  private final WitnessCache witnesses;
  private final int stepSize;

  /**
   * Makes an engine.
   *
   * @param witnesses the hints of the store
   * @param stepSize how many operations one step brings into the tree
   */
  public CatchUpEngine(WitnessCache witnesses, int stepSize) {
    this.witnesses = witnesses;
    this.stepSize = stepSize;
  }

  /** Follows a rebuild. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Tells how far it is.
     *
     * @param done how many operations are in the tree
     * @param total how many there are
     */
    void progress(long done, long total);
  }

  /**
   * What a catch-up did.
   *
   * @param state the document's state after it, already stored
   * @param work what it took
   * @param changes the net visible changes
   */
  public record Outcome(DocumentState state, CatchUp work, List<Change> changes) {}

  /**
   * Brings everything pending into the tree, however much work it is.
   *
   * @param transaction the transaction
   * @param state the document's state
   * @return what was done
   */
  public Outcome catchUp(WriteTransaction transaction, DocumentState state) {
    SeenRows none = new SeenRows(transaction);
    return catchUp(transaction, state, List.of(), null, Long.MAX_VALUE, none);
  }

  /**
   * Brings everything pending into the tree, within a limit of work. Beyond the limit the tree
   * stays at the last step that fitted, which is a consistent state.
   *
   * @param transaction the transaction
   * @param state the document's state, with the pending operations counted
   * @param justLogged the pending operations when they are at hand, or an empty list to read them
   * @param treeHead the largest key that the tree reflects, or null where it is not known
   * @param workLimit the most logged operations to look at again
   * @param seen rows of the tree as it is now
   * @return what was done
   */
  public Outcome catchUp(
      WriteTransaction transaction,
      DocumentState state,
      List<LoggedOperation> justLogged,
      @Nullable CanonicalKey treeHead,
      long workLimit,
      SeenRows seen) {
    Backlog backlog = justLogged.isEmpty() ? backlogOf(transaction, state) : backlogOf(justLogged);
    return catchUp(
        transaction,
        state,
        backlog,
        justLogged,
        treeHead,
        seen,
        new WorkCounter(workLimit),
        new NetChanges(true),
        (done, total) -> {});
  }

  private Outcome catchUp(
      WriteTransaction transaction,
      DocumentState state,
      Backlog backlog,
      List<LoggedOperation> justLogged,
      @Nullable CanonicalKey treeHead,
      SeenRows seenBefore,
      WorkCounter work,
      NetChanges changes,
      Progress progress) {
    CatchUp total = CatchUp.NONE;
    DocumentState current = state;
    CanonicalKey head = treeHead;
    boolean isHeadKnown = treeHead != null || isTreeEmpty(state);
    SeenRows seen = seenBefore;
    int taken = 0;
    while (!backlog.isEmpty()) {
      Backlog.Step step = backlog.take();
      List<LoggedOperation> batch =
          justLogged.isEmpty()
              ? read(transaction, current, step)
              : justLogged.subList(taken, taken + step.count());
      taken += step.count();
      Materialization materialization =
          new Materialization(transaction, current, seen, witnesses, work);
      try {
        total = total.plus(materialization.run(batch, head, isHeadKnown, changes));
      } catch (WorkCounter.WorkLimitReached e) {
        break;
      }
      seen = new SeenRows(transaction);
      head = headOf(head, batch);
      current = advanced(current, step, materialization);
      progress.progress(taken, state.pending());
    }
    transaction.putState(current);
    return new Outcome(current, total, changes.changes());
  }

  /**
   * Brings one step of the pending operations into the tree.
   *
   * @param transaction the transaction
   * @param state the document's state, with something pending
   * @param plan the pending operations, as {@link #plan} cut them
   * @return what was done
   */
  public Outcome catchUpOneStep(WriteTransaction transaction, DocumentState state, Plan plan) {
    Backlog.Step step = plan.backlog.peek();
    List<LoggedOperation> batch = read(transaction, state, step);
    Materialization materialization =
        new Materialization(
            transaction,
            state,
            new SeenRows(transaction),
            witnesses,
            new WorkCounter(Long.MAX_VALUE));
    NetChanges changes = new NetChanges(true);
    CatchUp work = materialization.run(batch, plan.head, plan.isHeadKnown, changes);
    DocumentState advanced = advanced(state, step, materialization);
    transaction.putState(advanced);
    // Only now: a try that fails leaves the plan as it was, and one whose commit fails leaves one
    // that does not fit the stored state any more.
    plan.backlog.take();
    plan.expected = advanced;
    plan.head = headOf(plan.head, batch);
    return new Outcome(advanced, work, changes.changes());
  }

  /**
   * Throws the tree away and makes it again from the log. The document's state is not trusted: its
   * version, counts and keys are read off the log as well.
   *
   * @param transaction the transaction
   * @param progress learns how many operations are in the tree again
   * @return what it took
   */
  public CatchUp rebuild(WriteTransaction transaction, Progress progress) {
    Backlog.Builder log = new Backlog.Builder(stepSize);
    scan(transaction, Position.START, LAST_VERSION, log);
    while (transaction.removeTree(REMOVED_AT_ONCE) == REMOVED_AT_ONCE) {
      // Until none is left.
    }
    if (log.operations() == 0) {
      if (!transaction.state().equals(DocumentState.EMPTY)) {
        transaction.putState(DocumentState.EMPTY);
      }
      return CatchUp.NONE;
    }
    DocumentState empty =
        new DocumentState(
            log.lastVersion(),
            log.operations(),
            log.largest(),
            null,
            Position.START,
            log.operations(),
            null);
    // Nobody is told what changed: all would be new, and memory would grow with the tree.
    CatchUp work =
        catchUp(
                transaction,
                empty,
                log.build(),
                List.of(),
                null,
                new SeenRows(transaction),
                new WorkCounter(Long.MAX_VALUE),
                new NetChanges(false),
                progress)
            .work();
    return new CatchUp(
        CatchUpPath.REBUILT, work.operations(), work.visited(), work.rowsWritten(), work.nanos());
  }

  /**
   * Cuts the pending operations into steps.
   *
   * @param transaction the transaction
   * @param state the document's state
   * @return the steps
   */
  public Plan plan(ReadTransaction transaction, DocumentState state) {
    return new Plan(backlogOf(transaction, state), state);
  }

  /** The steps of a long catch-up, each of which may have its own transaction. */
  public static final class Plan {
    private final Backlog backlog;
    private DocumentState expected;

    /** The largest key of what the tree reflected before, if known, and of the steps made. */
    private @Nullable CanonicalKey head;

    private final boolean isHeadKnown;

    Plan(Backlog backlog, DocumentState expected) {
      this.backlog = backlog;
      this.expected = expected;
      this.isHeadKnown = isTreeEmpty(expected);
    }

    /**
     * Tells whether a step of this plan may be made from a state.
     *
     * @param state the document's state
     * @return false when another process went on meanwhile, so that a new plan is needed
     */
    public boolean fits(DocumentState state) {
      return !backlog.isEmpty() && expected.equals(state);
    }
  }

  private static boolean isTreeEmpty(DocumentState state) {
    return state.materialized().equals(Position.START);
  }

  private static @Nullable CanonicalKey headOf(
      @Nullable CanonicalKey head, List<LoggedOperation> batch) {
    CanonicalKey largest = head;
    for (LoggedOperation logged : batch) {
      CanonicalKey key = logged.operation().key();
      largest = largest == null || key.compareTo(largest) > 0 ? key : largest;
    }
    return largest;
  }

  private static DocumentState advanced(
      DocumentState state, Backlog.Step step, Materialization materialization) {
    return new DocumentState(
        state.version(),
        state.operations(),
        state.head(),
        materialization.innerHead(),
        step.last(),
        state.pending() - step.count(),
        step.frontierAfter());
  }

  private Backlog backlogOf(List<LoggedOperation> operations) {
    Backlog.Builder builder = new Backlog.Builder(stepSize);
    operations.forEach(builder::add);
    return builder.build();
  }

  private Backlog backlogOf(ReadTransaction transaction, DocumentState state) {
    Backlog.Builder builder = new Backlog.Builder(stepSize);
    scan(transaction, state.materialized().next(), state.version(), builder);
    if (builder.operations() == 0) {
      throw TidemarkException.of(ErrorCode.STORE_CORRUPT)
          .with(Detail.DOCUMENT, transaction.document())
          .with(Detail.PROBLEM, "the log has none of the operations that are said to be pending")
          .with(Detail.REMEDY, "rebuild the document")
          .build();
    }
    return builder.build();
  }

  private static void scan(
      ReadTransaction transaction, Position from, long through, Backlog.Builder builder) {
    transaction.scanLog(
        from,
        through,
        logged -> {
          builder.add(logged);
          return true;
        });
  }

  private static List<LoggedOperation> read(
      ReadTransaction transaction, DocumentState state, Backlog.Step step) {
    List<LoggedOperation> batch = new ArrayList<>(step.count());
    transaction.scanLog(
        state.materialized().next(),
        step.last().version(),
        logged -> {
          batch.add(logged);
          return batch.size() < step.count();
        });
    return batch;
  }
}

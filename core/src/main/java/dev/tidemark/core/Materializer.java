package dev.tidemark.core;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.transaction.UnitOfWork;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a document's tree up to date, one transaction a step. */
final class Materializer implements UnitOfWork<Optional<CatchUpEngine.Outcome>> {
  private static final System.Logger LOGGER = System.getLogger(Materializer.class.getName());

  private final DocumentId document;
  private final StoreContext context;
  private CatchUpEngine.@Nullable Plan plan;

  Materializer(DocumentId document, StoreContext context) {
    this.document = document;
    this.context = context;
  }

  /** Goes as far as the log went when it was called: others may append for ever. */
  CatchUp run() {
    CatchUp total = CatchUp.NONE;
    // Without a write transaction when there is nothing to do: readers come here often.
    DocumentState state = context.state(document);
    long target = state.version();
    while (isBehind(state, target)) {
      Optional<CatchUpEngine.Outcome> outcome =
          context
              .publisher()
              .publish(
                  document,
                  () -> context.units().write(document, this),
                  done -> done.map(this::changes).stream().toList(),
                  done -> done.ifPresent(this::report));
      if (outcome.isEmpty()) {
        return total;
      }
      total = total.plus(outcome.get().work());
      state = outcome.get().state();
    }
    return total;
  }

  /** Makes tree and indexes again, after what is pending has reached the listeners. */
  CatchUp rebuild(ProgressListener progress) {
    boolean isCaughtUp = succeeds(this::run);
    Rebuild.Done done;
    try {
      done = rebuild(new Rebuild(context.catchUp(), isCaughtUp, progress));
    } catch (TidemarkException e) {
      if (!isCaughtUp || !isDamage(e)) {
        throw e;
      }
      // What came to be pending meanwhile met the damage.
      done = rebuild(new Rebuild(context.catchUp(), false, progress));
    }
    return done.work();
  }

  private Rebuild.Done rebuild(Rebuild unit) {
    return context
        .publisher()
        .publish(
            document,
            () -> context.units().write(document, unit),
            done -> done.pending().stream().map(this::changes).toList(),
            this::report);
  }

  private void report(CatchUpEngine.Outcome step) {
    Sightings.report(context, document, step.state());
    AppendReports.report(context, step.work());
  }

  private void report(Rebuild.Done done) {
    done.pending().forEach(outcome -> AppendReports.report(context, outcome.work()));
    context.telemetry().caughtUp(done.work());
    Sightings.look(context, document);
  }

  /** Whether all that was pending is in the tree: damage is what a rebuild is for. */
  private static boolean succeeds(Runnable catchUp) {
    try {
      catchUp.run();
      return true;
    } catch (TidemarkException e) {
      if (!isDamage(e)) {
        throw e;
      }
      LOGGER.log(System.Logger.Level.DEBUG, "rebuilding a tree that cannot be caught up", e);
      return false;
    }
  }

  private static boolean isDamage(TidemarkException failure) {
    return failure.code() == ErrorCode.STORE_CORRUPT || failure.code() == ErrorCode.STEP_LIMIT;
  }

  /** Whether the tree does not yet reflect all of a version. */
  static boolean isBehind(DocumentState state, long version) {
    return state.pending() > 0 && state.materialized().version() <= version;
  }

  /** Makes one step; another process may have made it, or the rest, meanwhile. */
  @Override
  public Optional<CatchUpEngine.Outcome> run(WriteTransaction transaction) {
    DocumentState state = transaction.state();
    if (state.pending() == 0) {
      return Optional.empty();
    }
    CatchUpEngine.Plan current = plan;
    if (current == null || !current.fits(state)) {
      current = context.catchUp().plan(transaction, state);
      plan = current;
    }
    return Optional.of(context.catchUp().catchUpOneStep(transaction, state, current));
  }

  /** The step is made, and its changes have not reached our listeners: whoever made it. */
  @Override
  public boolean wasCommitted(ReadTransaction transaction, Optional<CatchUpEngine.Outcome> result) {
    return result
        .map(outcome -> outcome.state().materialized())
        .filter(reached -> transaction.state().materialized().compareTo(reached) >= 0)
        .isPresent();
  }

  private ChangeSet changes(CatchUpEngine.Outcome outcome) {
    return new ChangeSet(document, outcome.state().version(), List.copyOf(outcome.changes()));
  }
}

package dev.tidemark.core;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.DocumentId;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a document's tree up to date, one transaction a step. */
final class Materializer {
  private final DocumentId document;
  private final StoreContext context;
  private CatchUpEngine.@Nullable Plan plan;

  Materializer(DocumentId document, StoreContext context) {
    this.document = document;
    this.context = context;
  }

  CatchUp run() {
    CatchUp total = CatchUp.NONE;
    // Without a write transaction when there is nothing to do: readers come here often.
    while (context.units().read(document, ReadTransaction::state).pending() > 0) {
      Optional<CatchUpEngine.Outcome> outcome =
          context
              .publisher()
              .publish(
                  document,
                  () -> context.units().write(document, this::step),
                  done -> done.map(this::changes).stream().toList());
      if (outcome.isPresent()) {
        CatchUp work = outcome.get().work();
        total = total.plus(work);
        context.telemetry().caughtUp(work);
        context.telemetry().pendingChanged(-work.operations());
      }
    }
    return total;
  }

  /** Makes one step; another process may have made it, or the rest, meanwhile. */
  private Optional<CatchUpEngine.Outcome> step(WriteTransaction transaction) {
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

  private ChangeSet changes(CatchUpEngine.Outcome outcome) {
    return new ChangeSet(document, outcome.state().version(), List.copyOf(outcome.changes()));
  }
}

package dev.tidemark.core;

import dev.tidemark.api.CatchUp;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.transaction.UnitOfWork;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Optional;

/**
 * Makes a document's tree again in one transaction. What others appended since the last catch-up is
 * brought into the old tree first, in the same transaction: its changes could not be told any more
 * once the new tree has them, and waiting for a moment with nothing pending may take for ever.
 */
final class Rebuild implements UnitOfWork<Rebuild.Done> {
  private final CatchUpEngine engine;
  private final boolean catchesUp;
  private final ProgressListener progress;

  /**
   * Describes a rebuild.
   *
   * @param catchesUp false where the old tree is too damaged for that
   */
  Rebuild(CatchUpEngine engine, boolean catchesUp, ProgressListener progress) {
    this.engine = engine;
    this.catchesUp = catchesUp;
    this.progress = progress;
  }

  /**
   * What was done.
   *
   * @param pending the catch-up before, if there was one
   * @param work the rebuild
   */
  record Done(Optional<CatchUpEngine.Outcome> pending, CatchUp work) {}

  @Override
  public Done run(WriteTransaction transaction) {
    DocumentState state = transaction.state();
    Optional<CatchUpEngine.Outcome> pending =
        catchesUp && Materializer.isBehind(state, state.version())
            ? Optional.of(engine.catchUp(transaction, state, List.of(), null, Long.MAX_VALUE))
            : Optional.empty();
    return new Done(pending, engine.rebuild(transaction, progress::progress));
  }

  /** Otherwise the changes of a commit whose answer was lost would never be told. */
  @Override
  public boolean wasCommitted(ReadTransaction transaction, Done result) {
    return result
        .pending()
        .map(outcome -> outcome.state().materialized())
        .filter(reached -> transaction.state().materialized().compareTo(reached) >= 0)
        .isPresent();
  }
}

package dev.tidemark.core;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.Position;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.transaction.UnitOfWork;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a document's tree again in one transaction. What others appended since the last catch-up is
 * brought into the old tree first, in the same transaction: its changes could not be told any more
 * once the new tree has them, and waiting for a moment with nothing pending may take for ever.
 */
final class Rebuild implements UnitOfWork<Rebuild.Done> {
  private final CatchUpEngine engine;
  private final boolean catchesUp;
  private final ProgressListener progress;

  /** What runs whose commit was not answered brought into the tree, to be told all the same. */
  private List<CatchUpEngine.Outcome> uncertain = List.of();

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
   * @param pending the catch-ups before: as many as there were runs in which something was pending,
   *     so nearly always none
   * @param work the rebuild
   */
  record Done(List<CatchUpEngine.Outcome> pending, CatchUp work) {}

  @Override
  public Done run(WriteTransaction transaction) {
    DocumentState state = transaction.state();
    List<CatchUpEngine.Outcome> pending = new ArrayList<>(uncertain);
    if (catchesUp && Materializer.isBehind(state, state.version())) {
      pending.add(engine.catchUp(transaction, state));
    }
    return new Done(pending, engine.rebuild(transaction, progress::progress));
  }

  /**
   * Never taken for committed, as another writer may have brought the tree as far without making it
   * anew; to repeat it is harmless. The changes are told if the lost run, or another writer, has
   * made them: the next run finds nothing pending then.
   */
  @Override
  public boolean wasCommitted(ReadTransaction transaction, Done result) {
    Position materialized = transaction.state().materialized();
    uncertain =
        result.pending().stream()
            .filter(outcome -> materialized.compareTo(outcome.state().materialized()) >= 0)
            .toList();
    return false;
  }
}

package dev.tidemark.core;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Telemetry;
import dev.tidemark.core.internal.append.Appender;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.chunk.RunningDigests;
import dev.tidemark.core.internal.figures.KnownFigures;
import dev.tidemark.core.internal.notify.ChangePublisher;
import dev.tidemark.core.internal.transaction.UnitsOfWork;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.DocumentState;

/**
 * What the documents of one opened store share.
 *
 * @param units where calls read and write
 * @param unobserved where telemetry reads for itself: what fails there is no call's failure
 */
record StoreContext(
    Backend backend,
    UnitsOfWork units,
    UnitsOfWork unobserved,
    CatchUpEngine catchUp,
    Appender appender,
    ChangePublisher publisher,
    Telemetry telemetry,
    KnownFigures figures,
    RunningDigests digests,
    CatchUpPolicy policy) {
  /** Whether anybody is told: without telemetry no time is taken and nothing is kept. */
  boolean isWatched() {
    return telemetry != Telemetry.NONE;
  }

  /** When a call starts that telemetry is told of. */
  long startNanos() {
    return isWatched() ? System.nanoTime() : 0;
  }

  /** How long a call took that telemetry is told of. */
  long nanosSince(long startNanos) {
    return isWatched() ? System.nanoTime() - startNanos : 0;
  }

  /** Reads how a document stands. */
  DocumentState state(DocumentId document) {
    DocumentState state = units.read(document, transaction -> transaction.state());
    Sightings.report(this, document, state);
    return state;
  }
}

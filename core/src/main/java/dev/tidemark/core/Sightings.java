package dev.tidemark.core;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.figures.KnownFigures;
import dev.tidemark.core.internal.figures.StagedCount;
import dev.tidemark.core.internal.payload.PayloadLayout;
import dev.tidemark.core.internal.tree.Frontiers;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps what calls learn of documents in passing, for telemetry. */
final class Sightings {
  private static final System.Logger LOG = System.getLogger(Sightings.class.getName());

  private Sightings() {}

  static void report(StoreContext context, DocumentId document, DocumentState state) {
    report(context, document, state.version(), Frontiers.of(state));
  }

  static void report(
      StoreContext context, DocumentId document, long version, @Nullable ReplayFrontier frontier) {
    if (context.isWatched()) {
      context.figures().observe(document, version, frontier);
    }
  }

  /** Whole payloads take the place of fragments that were staged of them. */
  static void reportWhole(
      StoreContext context, DocumentId document, List<? extends Operation> operations) {
    if (context.isWatched()
        && context.figures().hasStaged(document)
        && operations.stream().anyMatch(Sightings::isLarge)) {
      countStaged(context, document);
    }
  }

  /** Of a store without documents all is known. */
  static void lookForNone(Backend backend, KnownFigures figures) {
    observe(
        () -> {
          if (backend.documents(null, 1).isEmpty()) {
            figures.surveyed();
          }
        });
  }

  /** Looks at a document after a commit that has told nothing of its state. */
  static void look(StoreContext context, DocumentId document) {
    if (context.isWatched()) {
      observe(
          () ->
              report(
                  context, document, context.unobserved().read(document, ReadTransaction::state)));
    }
  }

  /** The number of staged payloads has changed, or may have. */
  static void countStaged(StoreContext context, DocumentId document) {
    if (context.isWatched()) {
      observe(
          () ->
              context
                  .figures()
                  .countStaged(
                      document, () -> context.unobserved().read(document, StagedCount::of)));
    }
  }

  /** Counts the staged payloads of a document for a caller. */
  static int stagedPayloads(StoreContext context, DocumentId document) {
    IntSupplier counter = () -> context.units().read(document, StagedCount::of);
    return context.isWatched()
        ? context.figures().countStaged(document, counter)
        : counter.getAsInt();
  }

  private static boolean isLarge(Operation operation) {
    if (operation instanceof Operation.PayloadCarrying carrying) {
      Payload payload = carrying.payload();
      return payload != null && payload.size() > PayloadLayout.INLINE_BYTES;
    }
    return false;
  }

  /** The call has done what it was made for: it does not fail because of its observer. */
  private static void observe(Runnable look) {
    try {
      look.run();
    } catch (TidemarkException e) {
      LOG.log(System.Logger.Level.WARNING, "the store could not be looked at for telemetry", e);
    }
  }
}

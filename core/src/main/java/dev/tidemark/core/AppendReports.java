package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.DocumentId;

/** Tells telemetry of appends and catch-ups, after their commit. */
final class AppendReports {
  private AppendReports() {}

  /** Tells of an append that took so long. */
  static void report(StoreContext context, DocumentId document, AppendResult result, long nanos) {
    if (!context.isWatched()) {
      return;
    }
    // A fragment, or what is known already, adds nothing to the log and is no append.
    if (result.appended() > 0) {
      context.telemetry().appended(result.appended(), result.late(), nanos);
    }
    Sightings.report(context, document, result.version(), result.pendingFrontier());
    report(context, result.catchUp());
  }

  static void report(StoreContext context, CatchUp work) {
    if (work.path() != CatchUpPath.NONE) {
      context.telemetry().caughtUp(work);
    }
  }
}

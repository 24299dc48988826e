package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.Telemetry;

/** Tells telemetry of appends and catch-ups, after their commit. */
final class AppendReports {
  private AppendReports() {}

  static void report(StoreContext context, AppendResult result, long startNanos) {
    Telemetry telemetry = context.telemetry();
    if (telemetry == Telemetry.NONE) {
      return;
    }
    telemetry.appended(result.appended(), result.late(), System.nanoTime() - startNanos);
    if (result.appended() > 0) {
      telemetry.pendingChanged(result.appended());
    }
    report(context, result.catchUp());
  }

  static void report(StoreContext context, CatchUp work) {
    if (work.path() != CatchUpPath.NONE) {
      context.telemetry().caughtUp(work);
      context.telemetry().pendingChanged(-work.operations());
    }
  }
}

package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.Telemetry;

/** Tells telemetry of appends, after their commit. */
final class AppendReports {
  private AppendReports() {}

  static void report(StoreContext context, AppendResult result, long startNanos) {
    Telemetry telemetry = context.telemetry();
    if (telemetry == Telemetry.NONE) {
      return;
    }
    telemetry.appended(result.appended(), result.late(), System.nanoTime() - startNanos);
    if (result.catchUp().path() != CatchUpPath.NONE) {
      telemetry.caughtUp(result.catchUp());
    }
    long pending = result.appended() - result.catchUp().operations();
    if (pending != 0) {
      telemetry.pendingChanged(pending);
    }
  }
}

package dev.tidemark.core.internal.notify;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.StoreFigures;
import dev.tidemark.api.Telemetry;

/**
 * Passes on to a telemetry that may fail. A write that is committed must return, whatever its
 * observer does: the caller would take an exception for a failed write, and write again.
 */
public final class GuardedTelemetry implements Telemetry {
  private static final System.Logger LOG = System.getLogger(GuardedTelemetry.class.getName());

  private final Telemetry telemetry;

  private GuardedTelemetry(Telemetry telemetry) {
    this.telemetry = telemetry;
  }

  /**
   * Guards a telemetry.
   *
   * @param telemetry the telemetry
   * @return the same without its exceptions
   */
  public static Telemetry of(Telemetry telemetry) {
    return telemetry == NONE ? NONE : new GuardedTelemetry(telemetry);
  }

  @Override
  public void chunkRead(int bytes, int operations, long nanos) {
    guard(() -> telemetry.chunkRead(bytes, operations, nanos));
  }

  @Override
  public void chunkApplied(int bytes, int operations, long nanos) {
    guard(() -> telemetry.chunkApplied(bytes, operations, nanos));
  }

  @Override
  public void appended(int operations, int late, long nanos) {
    guard(() -> telemetry.appended(operations, late, nanos));
  }

  @Override
  public void caughtUp(CatchUp work) {
    guard(() -> telemetry.caughtUp(work));
  }

  @Override
  public void retried(ErrorCode cause) {
    guard(() -> telemetry.retried(cause));
  }

  @Override
  public void failed(ErrorCode code) {
    guard(() -> telemetry.failed(code));
  }

  @Override
  public void opened(StoreFigures figures) {
    guard(() -> telemetry.opened(figures));
  }

  @Override
  public void closed(StoreFigures figures) {
    guard(() -> telemetry.closed(figures));
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      // An Error as well: a mixed class path of a metrics library shows as a LinkageError.
      LOG.log(System.Logger.Level.WARNING, "the telemetry failed", e);
    }
  }
}

package dev.tidemark.cli.demo;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.Telemetry;
import java.util.concurrent.atomic.AtomicLong;

/** What one store told of its work. */
final class Measurements implements Telemetry {
  private final Latencies chunkReads = new Latencies();
  private final Latencies chunkApplies = new Latencies();
  private final Latencies catchUps = new Latencies();
  private final AtomicLong late = new AtomicLong();

  @Override
  public void chunkRead(int bytes, int operations, long nanos) {
    if (bytes > 0) {
      chunkReads.add(nanos);
    }
  }

  @Override
  public void chunkApplied(int bytes, int operations, long nanos) {
    chunkApplies.add(nanos);
  }

  @Override
  public void appended(int operations, int lateOperations, long nanos) {
    late.addAndGet(lateOperations);
  }

  @Override
  public void caughtUp(CatchUp work) {
    catchUps.add(work.nanos());
  }

  Latencies chunkReads() {
    return chunkReads;
  }

  Latencies chunkApplies() {
    return chunkApplies;
  }

  Latencies catchUps() {
    return catchUps;
  }

  long late() {
    return late.get();
  }
}

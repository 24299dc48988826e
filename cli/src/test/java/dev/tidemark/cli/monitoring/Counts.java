package dev.tidemark.cli.monitoring;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.StoreFigures;
import dev.tidemark.api.Telemetry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What one store told, counted by the program itself and passed on. */
final class Counts implements Telemetry {
  private final Telemetry next;
  private final Map<CatchUpPath, CatchUp> catchUps = new EnumMap<>(CatchUpPath.class);
  private final Map<CatchUpPath, Long> catchUpCalls = new EnumMap<>(CatchUpPath.class);
  private final Map<ErrorCode, Long> errors = new EnumMap<>(ErrorCode.class);
  private final Map<ErrorCode, Long> retries = new EnumMap<>(ErrorCode.class);
  private final List<Long> chunkReadNanos = new ArrayList<>();
  private final List<Long> appendNanos = new ArrayList<>();
  private long bytesRead;
  private long bytesApplied;
  private long chunksApplied;
  private long operations;
  private long late;

  Counts(Telemetry next) {
    this.next = next;
  }

  @Override
  public synchronized void chunkRead(int bytes, int chunkOperations, long nanos) {
    if (bytes > 0) {
      chunkReadNanos.add(nanos);
      bytesRead += bytes;
    }
    next.chunkRead(bytes, chunkOperations, nanos);
  }

  @Override
  public synchronized void chunkApplied(int bytes, int chunkOperations, long nanos) {
    chunksApplied++;
    bytesApplied += bytes;
    next.chunkApplied(bytes, chunkOperations, nanos);
  }

  @Override
  public synchronized void appended(int appended, int appendedLate, long nanos) {
    appendNanos.add(nanos);
    operations += appended;
    late += appendedLate;
    next.appended(appended, appendedLate, nanos);
  }

  @Override
  public synchronized void caughtUp(CatchUp work) {
    catchUps.merge(work.path(), work, CatchUp::plus);
    catchUpCalls.merge(work.path(), 1L, Long::sum);
    next.caughtUp(work);
  }

  @Override
  public synchronized void retried(ErrorCode cause) {
    retries.merge(cause, 1L, Long::sum);
    next.retried(cause);
  }

  @Override
  public synchronized void failed(ErrorCode code) {
    errors.merge(code, 1L, Long::sum);
    next.failed(code);
  }

  @Override
  public void opened(StoreFigures figures) {
    next.opened(figures);
  }

  @Override
  public void closed(StoreFigures figures) {
    next.closed(figures);
  }

  synchronized CatchUp catchUp(CatchUpPath path) {
    return catchUps.getOrDefault(path, CatchUp.NONE);
  }

  synchronized long catchUpCalls(CatchUpPath path) {
    return catchUpCalls.getOrDefault(path, 0L);
  }

  synchronized long errors(ErrorCode code) {
    return errors.getOrDefault(code, 0L);
  }

  synchronized long allErrors() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  synchronized long retries(ErrorCode cause) {
    return retries.getOrDefault(cause, 0L);
  }

  synchronized List<Long> chunkReadNanos() {
    return List.copyOf(chunkReadNanos);
  }

  synchronized List<Long> appendNanos() {
    return List.copyOf(appendNanos);
  }

  synchronized long bytesRead() {
    return bytesRead;
  }

  synchronized long bytesApplied() {
    return bytesApplied;
  }

  synchronized long chunksApplied() {
    return chunksApplied;
  }

  synchronized long operations() {
    return operations;
  }

  synchronized long late() {
    return late;
  }

  /** The time that a share of the calls took at most, in seconds. */
  static double quantile(List<Long> nanos, double share) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index)) / 1e9;
  }
}

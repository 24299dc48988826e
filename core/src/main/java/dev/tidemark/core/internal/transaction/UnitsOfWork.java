package dev.tidemark.core.internal.transaction;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Telemetry;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs units of work on a backend, and again where a retry can help (rule B6). Safe for several
 * threads.
 */
public final class UnitsOfWork {
  private static final System.Logger LOG = System.getLogger(UnitsOfWork.class.getName());
  private static final int MAX_ATTEMPTS = 4;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Backend backend;
  private final Telemetry telemetry;

  /**
   * Runs units on a backend.
   *
   * @param backend the backend
   * @param telemetry learns of retries and failures
   */
  public UnitsOfWork(Backend backend, Telemetry telemetry) {
    this.backend = backend;
    this.telemetry = telemetry;
  }

  /**
   * Reads in one transaction.
   *
   * @param document the document
   * @param work what to read; it may be run several times
   * @param <T> what it returns
   * @return the result
   */
  public <T> T read(DocumentId document, Function<ReadTransaction, T> work) {
    for (int attempt = 1; ; attempt++) {
      try (ReadTransaction transaction = backend.beginRead(document)) {
        return work.apply(transaction);
      } catch (TidemarkException e) {
        pauseOrThrow(document, e, attempt);
      }
    }
  }

  /**
   * Writes in one transaction, which is committed when the work returns.
   *
   * @param document the document
   * @param work what to do
   * @param <T> what it returns
   * @return the result of the run that was committed
   */
  public <T> T write(DocumentId document, UnitOfWork<T> work) {
    Uncertain<T> uncertain = null;
    for (int attempt = 1; ; attempt++) {
      Run<T> run = new Run<>();
      try {
        return write(document, work, run, uncertain);
      } catch (TidemarkException e) {
        if (e.code() == ErrorCode.COMMIT_UNKNOWN && run.result != null) {
          uncertain = run.result;
        }
        // What may have been committed must not be reported as if nothing had happened: the caller
        // would write it again.
        TidemarkException told = uncertain == null ? e : unknown(e);
        try {
          pauseOrThrow(document, e, attempt, told.code());
        } catch (TidemarkException last) {
          throw uncertain == null ? last : told;
        }
      }
    }
  }

  private <T> T write(
      DocumentId document, UnitOfWork<T> work, Run<T> run, @Nullable Uncertain<T> uncertain) {
    WriteTransaction transaction = backend.beginWrite(document);
    boolean isDone = false;
    try {
      if (uncertain != null && work.wasCommitted(transaction, uncertain.result())) {
        isDone = true;
        return uncertain.result();
      }
      T result = work.run(transaction);
      run.result = new Uncertain<>(result);
      transaction.commit();
      isDone = true;
      return result;
    } finally {
      close(transaction, isDone);
    }
  }

  /** After a commit a failure to close changes nothing any more, and must not repeat the unit. */
  private static void close(WriteTransaction transaction, boolean isDone) {
    try {
      transaction.close();
    } catch (TidemarkException e) {
      if (!isDone) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "a committed transaction did not close", e);
    }
  }

  private static TidemarkException unknown(TidemarkException later) {
    return later.code() == ErrorCode.COMMIT_UNKNOWN
        ? later
        : TidemarkException.of(ErrorCode.COMMIT_UNKNOWN)
            .with(Detail.PROBLEM, "trying again failed: " + later.getMessage())
            .causedBy(later)
            .build();
  }

  /** One try: what it made when it came as far as the commit. */
  private static final class Run<T> {
    private @Nullable Uncertain<T> result;
  }

  /**
   * Begins to read, for a transaction that outlives the call.
   *
   * @param document the document
   * @return the transaction, to be closed by the caller
   */
  public ReadTransaction beginRead(DocumentId document) {
    for (int attempt = 1; ; attempt++) {
      try {
        return backend.beginRead(document);
      } catch (TidemarkException e) {
        pauseOrThrow(document, e, attempt);
      }
    }
  }

  /** The result of a run that may or may not have been committed. */
  private record Uncertain<T>(T result) {}

  private void pauseOrThrow(DocumentId document, TidemarkException e, int attempt) {
    pauseOrThrow(document, e, attempt, e.code());
  }

  private void pauseOrThrow(
      DocumentId document, TidemarkException e, int attempt, ErrorCode reported) {
    if (!e.isRetryable() || attempt == MAX_ATTEMPTS) {
      telemetry.failed(reported);
      throw attempt == 1 ? e : withAttempts(document, e, attempt);
    }
    telemetry.retried(e.code());
    long pause = FIRST_PAUSE_NANOS << (attempt - 1);
    // Half of it by chance, so that writers that met once do not meet again.
    LockSupport.parkNanos(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
    if (Thread.currentThread().isInterrupted()) {
      telemetry.failed(reported == e.code() ? ErrorCode.INTERRUPTED : reported);
      throw TidemarkException.of(ErrorCode.INTERRUPTED).causedBy(e).build();
    }
  }

  private static TidemarkException withAttempts(
      DocumentId document, TidemarkException e, int attempts) {
    TidemarkException.Builder builder = TidemarkException.of(e.code());
    e.details().forEach(builder::with);
    @Nullable Throwable cause = e.getCause();
    return builder
        .with(Detail.DOCUMENT, document)
        .with(Detail.ATTEMPTS, attempts)
        .causedBy(cause == null ? e : cause)
        .build();
  }
}

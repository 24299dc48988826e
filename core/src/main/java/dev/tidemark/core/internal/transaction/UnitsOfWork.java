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
      Uncertain<T> committing = null;
      try (WriteTransaction transaction = backend.beginWrite(document)) {
        if (uncertain != null && work.wasCommitted(transaction, uncertain.result())) {
          return uncertain.result();
        }
        T result = work.run(transaction);
        committing = new Uncertain<>(result);
        transaction.commit();
        return result;
      } catch (TidemarkException e) {
        if (e.code() == ErrorCode.COMMIT_UNKNOWN && committing != null) {
          uncertain = committing;
        }
        pauseOrThrow(document, e, attempt);
      }
    }
  }

  /** The result of a run that may or may not have been committed. */
  private record Uncertain<T>(T result) {}

  private void pauseOrThrow(DocumentId document, TidemarkException e, int attempt) {
    if (!e.isRetryable() || attempt == MAX_ATTEMPTS) {
      telemetry.failed(e.code());
      throw attempt == 1 ? e : withAttempts(document, e, attempt);
    }
    telemetry.retried(e.code());
    long pause = FIRST_PAUSE_NANOS << (attempt - 1);
    // Half of it by chance, so that writers that met once do not meet again.
    LockSupport.parkNanos(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2));
    if (Thread.currentThread().isInterrupted()) {
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

package dev.tidemark.spi.support;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What every transaction checks before it does anything: whether it goes on, whether a limit lets
 * something through, and whether a call of it has failed. As a transaction, for one thread at a
 * time; only {@link #end} may be called by another one.
 */
public final class TransactionState {
  private final Runnable store;
  private final Function<ErrorCode, TidemarkException.Builder> failures;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private @Nullable TidemarkException firstFailure;

  /**
   * Begins.
   *
   * @param store throws where the store is closed
   * @param failures begins an exception, with what names the store
   */
  public TransactionState(Runnable store, Function<ErrorCode, TidemarkException.Builder> failures) {
    this.store = store;
    this.failures = failures;
  }

  /**
   * Refuses what is done after the end.
   *
   * @throws TidemarkException with {@link ErrorCode#CLOSED} if the transaction has ended
   */
  public void ensureOpen() {
    store.run();
    if (hasEnded.get()) {
      throw failures
          .apply(ErrorCode.CLOSED)
          .with(Detail.PROBLEM, "the transaction has ended")
          .with(Detail.REMEDY, "begin another one")
          .build();
    }
  }

  /**
   * Refuses a limit that lets nothing through; some engines take it for none.
   *
   * @param limit the limit
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is below 1, with {@link
   *     ErrorCode#CLOSED} if the transaction has ended
   */
  public void ensurePositive(int limit) {
    ensureOpen();
    if (limit < 1) {
      throw failures
          .apply(ErrorCode.INVALID_ARGUMENT)
          .with(Detail.PROBLEM, "a limit of " + limit)
          .with(Detail.REMEDY, "ask for 1 or more")
          .build();
    }
  }

  /**
   * Remembers that a call has failed: half of its rows may be written, and must not be committed.
   *
   * @param failure why
   * @return the same
   */
  public TidemarkException failed(TidemarkException failure) {
    if (firstFailure == null) {
      firstFailure = failure;
    }
    return failure;
  }

  /**
   * Refuses to commit what has failed before.
   *
   * @throws TidemarkException the first failure, if there is one; with {@link ErrorCode#CLOSED} if
   *     the transaction has ended
   */
  public void ensureCommittable() {
    ensureOpen();
    if (firstFailure != null) {
      throw firstFailure;
    }
  }

  /**
   * Ends the transaction.
   *
   * @return whether this is the first time
   */
  public boolean end() {
    return hasEnded.compareAndSet(false, true);
  }
}

package dev.tidemark.core.internal.transaction;

import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;

/**
 * Something to do in one write transaction. It may be run several times, and only the last run
 * counts.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface UnitOfWork<T> {
  /**
   * Does the work.
   *
   * @param transaction the transaction, which the caller commits
   * @return the result
   */
  T run(WriteTransaction transaction);

  /**
   * Tells, after a commit whose answer was lost, whether it happened. A unit that is harmless to
   * repeat, and whose result does not depend on who did it, need not tell.
   *
   * @param transaction a later transaction
   * @param result what the lost run returned
   * @return whether that run was committed
   */
  default boolean wasCommitted(ReadTransaction transaction, T result) {
    return false;
  }
}

package dev.tidemark.core.internal.figures;

import dev.tidemark.spi.ReadTransaction;

/** Counts the payloads of a document that wait for the rest of their fragments. */
public final class StagedCount {
  /** Many more than there ever should be; beyond it the count is a lower bound. */
  private static final int MAX = 100_000;

  private StagedCount() {}

  /**
   * Counts them. Reads each of their rows, which are few unless pulls were given up.
   *
   * @param transaction the transaction
   * @return how many there are
   */
  public static int of(ReadTransaction transaction) {
    return transaction.stagedBefore(Long.MAX_VALUE, MAX).size();
  }
}

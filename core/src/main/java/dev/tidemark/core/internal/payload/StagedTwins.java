package dev.tidemark.core.internal.payload;

import dev.tidemark.api.OperationId;
import dev.tidemark.spi.WriteTransaction;
import java.util.Collection;

/** Fragments of a payload that came before its operation came whole, or was written here. */
public final class StagedTwins {
  private static final int REMOVED_AT_ONCE = 1000;

  private StagedTwins() {}

  /**
   * Removes what is staged of payloads that are about to be written whole: writing a byte twice
   * would make two pieces overlap. All of it goes in the given transaction, however many pieces
   * there are: an append happens as a whole or not at all, so it cannot be cut into several, and
   * where it fails the fragments must still be there.
   *
   * @param transaction the transaction that appends
   * @param operations operations that are not in the log
   */
  public static void discard(WriteTransaction transaction, Collection<OperationId> operations) {
    for (OperationId id : transaction.stagedPayloads(operations).keySet()) {
      while (transaction.removePayload(id, REMOVED_AT_ONCE) == REMOVED_AT_ONCE) {
        // Until none is left.
      }
      transaction.removeStagedPayload(id);
    }
  }
}

package dev.tidemark.core.internal.chunk;

import dev.tidemark.core.internal.chunk.FragmentStage.Removal;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;

/** Removes the fragments of payloads that never completed (rule A8). */
public final class Leftovers {
  private Leftovers() {}

  /**
   * Removes all staged payloads that no fragment came for since a time, in bounded transactions.
   * Safe beside pulls: a payload that is touched again in time stays.
   *
   * @param units runs transactions on the document
   * @param olderThan milliseconds since 1970-01-01 UTC
   * @param maxPieces how many pieces one transaction removes, from 1
   * @return how many staged payloads were removed
   */
  public static int removeStale(DocumentUnits units, long olderThan, int maxPieces) {
    if (maxPieces < 1) {
      throw new IllegalArgumentException("at least one piece at once, not " + maxPieces);
    }
    int removed = 0;
    Removal step;
    do {
      step = units.write(transaction -> removeSome(transaction, olderThan, maxPieces));
      removed += step == Removal.REMOVED ? 1 : 0;
    } while (step != Removal.NOTHING_THERE);
    return removed;
  }

  private static Removal removeSome(WriteTransaction transaction, long olderThan, int maxPieces) {
    List<StagedPayload> stale = transaction.stagedBefore(olderThan, 1);
    if (stale.isEmpty()) {
      return Removal.NOTHING_THERE;
    }
    StagedPayload first = stale.get(0);
    if (!FragmentStage.isCondemned(first)) {
      FragmentStage.condemn(transaction, first.operation());
    }
    return FragmentStage.removeCondemned(transaction, first.operation().id(), maxPieces);
  }
}

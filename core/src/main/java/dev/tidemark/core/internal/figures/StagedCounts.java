package dev.tidemark.core.internal.figures;

import com.google.common.util.concurrent.Striped;
import dev.tidemark.api.DocumentId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.IntSupplier;

/**
 * How many payloads wait for fragments, in the documents where any do. Safe for several threads,
 * and bounded as {@link Backlog} is.
 */
final class StagedCounts {
  private static final int LOCKS = 64;

  private final Map<DocumentId, Integer> counts = new HashMap<>();

  /**
   * Held while a document is counted. Changes committed by several threads come here in any order,
   * so they cannot be added up; but of two counts, the later one has seen all that the other has.
   */
  private final Striped<Lock> counting = Striped.lock(LOCKS);

  private boolean isComplete;
  private long sum;

  /** Counts a document anew. */
  int count(DocumentId document, IntSupplier counter) {
    Lock lock = counting.get(document);
    lock.lock();
    try {
      int count = counter.getAsInt();
      set(document, count);
      return count;
    } finally {
      lock.unlock();
    }
  }

  private synchronized void set(DocumentId document, int count) {
    Integer before = counts.remove(document);
    sum -= before == null ? 0 : before;
    if (count > 0 && counts.size() < Backlog.MAX_BEHIND) {
      counts.put(document, count);
      sum += count;
    }
  }

  synchronized boolean hasAny(DocumentId document) {
    return counts.containsKey(document);
  }

  /** Whether the sum says something: zero only where every document has been looked at. */
  synchronized boolean isKnown() {
    return isComplete || sum > 0;
  }

  /** Says that every document has been looked at. */
  synchronized void setComplete() {
    isComplete = true;
  }

  synchronized long sum() {
    return sum;
  }
}

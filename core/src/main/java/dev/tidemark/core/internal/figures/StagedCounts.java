package dev.tidemark.core.internal.figures;

import dev.tidemark.api.DocumentId;
import java.util.HashMap;
import java.util.Map;

/**
 * How many payloads wait for fragments, in the documents where any do. Safe for several threads,
 * and bounded as {@link Backlog} is.
 */
final class StagedCounts {
  private final Map<DocumentId, Integer> counts = new HashMap<>();
  private boolean isKnown;
  private long sum;

  /** Replaces what was known of a document. */
  synchronized void set(DocumentId document, int count) {
    isKnown = true;
    Integer before = counts.remove(document);
    sum -= before == null ? 0 : before;
    if (count > 0 && counts.size() < Backlog.MAX_BEHIND) {
      counts.put(document, count);
      sum += count;
    }
  }

  /** Adds to what is known of a document; false where nothing is, so that it must be counted. */
  synchronized boolean add(DocumentId document, int change) {
    Integer before = counts.get(document);
    if (before == null || before + change < 0) {
      return false;
    }
    set(document, before + change);
    return true;
  }

  synchronized boolean hasAny(DocumentId document) {
    return counts.containsKey(document);
  }

  synchronized boolean isKnown() {
    return isKnown;
  }

  /** For a store without documents, of which that is known. */
  synchronized void setKnown() {
    isKnown = true;
  }

  synchronized long sum() {
    return sum;
  }
}

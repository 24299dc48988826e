package dev.tidemark.core.internal.figures;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplayFrontier;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are behind their logs, as last seen. Safe for several threads; each call takes
 * constant time, and memory is bounded, whatever the number of documents.
 */
final class Backlog {
  /** Beyond so many, further documents are not counted: the sums are then lower bounds. */
  static final int MAX_BEHIND = 10_000;

  /** How many documents are remembered that are up to date, to know what is seen too late. */
  private static final int MAX_SETTLED = 1_000;

  /** In the order in which they fell behind, so that the first one is behind for the longest. */
  private final Map<DocumentId, Entry> behind = new LinkedHashMap<>();

  private final Map<DocumentId, Sight> settled = new LinkedHashMap<>();
  private boolean isComplete;
  private long pending;

  /** How far a document was: none of both goes back. */
  private record Sight(long version, @Nullable Position materialized) {
    /** Threads come here in another order than that of their commits. */
    boolean isAfter(Sight other) {
      if (version != other.version) {
        return version > other.version;
      }
      return materialized == null
          ? other.materialized != null
          : other.materialized != null && materialized.compareTo(other.materialized) > 0;
    }
  }

  /**
   * A document that is behind.
   *
   * @param sinceNanos when it was first seen so
   * @param through the last version then: when the tree reflects it, this backlog is gone
   */
  private record Entry(Sight sight, long pending, long sinceNanos, long through) {}

  /** Takes a look at a document into account. */
  synchronized void observe(
      DocumentId document, long version, @Nullable ReplayFrontier frontier, long nowNanos) {
    Sight sight = new Sight(version, frontier == null ? null : frontier.materialized());
    Entry before = behind.get(document);
    Sight last = before == null ? settled.get(document) : before.sight;
    if (last != null && !sight.isAfter(last)) {
      return;
    }
    if (frontier == null) {
      forget(document, before);
      settle(document, sight);
    } else if (before != null || behind.size() < MAX_BEHIND) {
      settled.remove(document);
      pending += frontier.pending() - (before == null ? 0 : before.pending);
      if (before == null || frontier.materialized().version() >= before.through) {
        // At the end of the order: what is pending now came after what was pending before.
        behind.remove(document);
        behind.put(document, new Entry(sight, frontier.pending(), nowNanos, version));
      } else {
        behind.put(
            document, new Entry(sight, frontier.pending(), before.sinceNanos, before.through));
      }
    }
  }

  private void forget(DocumentId document, @Nullable Entry before) {
    if (before != null) {
      pending -= before.pending;
      behind.remove(document);
    }
  }

  private void settle(DocumentId document, Sight sight) {
    settled.remove(document);
    settled.put(document, sight);
    if (settled.size() > MAX_SETTLED) {
      settled.remove(settled.keySet().iterator().next());
    }
  }

  /** Whether the sums say something: zero only where every document has been looked at. */
  synchronized boolean isKnown() {
    return isComplete || !behind.isEmpty();
  }

  /** Says that every document has been looked at. */
  synchronized void setComplete() {
    isComplete = true;
  }

  synchronized long pending() {
    return pending;
  }

  synchronized int documents() {
    return behind.size();
  }

  synchronized long oldestNanos(long nowNanos) {
    return behind.isEmpty() ? 0 : nowNanos - behind.values().iterator().next().sinceNanos;
  }
}

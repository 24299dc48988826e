package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.core.internal.catchup.Timelines.Membership;
import dev.tidemark.core.internal.catchup.Timelines.Parents;
import dev.tidemark.core.internal.catchup.Timelines.Span;
import dev.tidemark.core.internal.tree.HistoryPages;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The payload writes and deletes that the tree had, in spans in which their node is elsewhere now.
 * Each of them goes from one parent to another, so that their number is the cost of the catch-up,
 * and each counts as work; but there may be very many, and no more than some pages are held.
 */
final class MovedContent {
  /** Beyond, all are counted first and read again when they are written. */
  static final int MOST_HELD = 10_000;

  private final ReadTransaction transaction;
  private final Predicate<CanonicalKey> isNew;
  private final Map<HistoryRange, Span> spans = new LinkedHashMap<>();
  private List<Membership> held = new ArrayList<>();
  private long count;

  /**
   * Begins without any span.
   *
   * @param isNew tells the operations of the batch, which stand in the log already
   */
  MovedContent(ReadTransaction transaction, Predicate<CanonicalKey> isNew) {
    this.transaction = transaction;
    this.isNew = isNew;
  }

  void add(HistoryRange range, Span span) {
    spans.put(range, span);
  }

  /** Finds out how many there are. */
  void count(WorkCounter work) {
    read(
        page -> {
          work.visit(page.size());
          count += page.size();
          if (count <= MOST_HELD) {
            held.addAll(page);
          } else {
            held = List.of();
          }
        });
  }

  /** Hands all of them over, in pages; they must be counted. */
  void forEachPage(Consumer<List<Membership>> pages) {
    if (count > MOST_HELD) {
      read(pages);
    } else if (count > 0) {
      pages.accept(held);
    }
  }

  private void read(Consumer<List<Membership>> pages) {
    HistoryPages.read(
        spans.keySet(),
        transaction::contentOperations,
        key -> key,
        page -> {
          List<Membership> moved = new ArrayList<>();
          page.forEach((range, keys) -> keys.forEach(key -> add(range, key, moved)));
          if (!moved.isEmpty()) {
            pages.accept(moved);
          }
        });
  }

  private void add(HistoryRange range, CanonicalKey key, List<Membership> moved) {
    Span span = spans.get(range);
    if (span != null && !isNew.test(key)) {
      moved.add(new Membership(key, Parents.of(span.was()), Parents.of(span.now())));
    }
  }
}

package dev.tidemark.core.internal.catchup;

import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Lists;
import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.core.internal.tree.HistoryPages;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that become inner in this catch-up and whose entries are in the structural index. All
 * their entries go into the inner index, once in the life of a node; a replay needs those behind
 * its frontier. Histories may be long, so of all of them together hardly more than a page is held.
 */
final class BecomingInner {
  private final ReadTransaction transaction;
  private final Set<NodeId> nodes = new LinkedHashSet<>();

  BecomingInner(ReadTransaction transaction) {
    this.transaction = transaction;
  }

  void add(NodeId node) {
    nodes.add(node);
  }

  /**
   * Returns the stored entries behind a key, node by node, as they will be in the inner index.
   *
   * @param key the key, which no stored entry has
   * @param isWanted tells whether the entries of a node are needed
   * @param work counts them as they are read
   */
  List<Iterator<StructuralRow>> entriesAfter(
      CanonicalKey key, Predicate<NodeId> isWanted, WorkCounter work) {
    List<Iterator<StructuralRow>> entries = new ArrayList<>();
    List<HistoryRange> ranges =
        nodes.stream().filter(isWanted).map(node -> HistoryRange.after(node, key)).toList();
    // All are read side by side.
    int rowsOfEach = Math.max(HistoryPages.FIRST_ROWS, Replay.PAGE / Math.max(1, ranges.size()));
    for (List<HistoryRange> group :
        Lists.partition(ranges, HistoryPages.ROWS / HistoryPages.FIRST_ROWS)) {
      transaction
          .structuralOperations(group, HistoryPages.FIRST_ROWS)
          .forEach(
              (range, first) -> {
                work.visit(first.size());
                boolean isAll = first.size() < HistoryPages.FIRST_ROWS;
                entries.add(
                    isAll ? inner(first).iterator() : new Entries(range, first, rowsOfEach, work));
              });
    }
    return entries;
  }

  /**
   * Puts all entries into the inner index.
   *
   * @param written those that are written otherwise
   * @return how many were put
   */
  long write(WriteTransaction writer, Set<CanonicalKey> written) {
    long[] count = {0};
    HistoryPages.read(
        nodes.stream().map(HistoryRange::of).toList(),
        transaction::structuralOperations,
        StructuralRow::key,
        page -> {
          List<StructuralRow> rows = inner(withoutKeys(page, written));
          if (!rows.isEmpty()) {
            writer.putStructural(rows);
            count[0] += rows.size();
          }
        });
    return count[0];
  }

  private static List<StructuralRow> withoutKeys(
      Map<HistoryRange, List<StructuralRow>> page, Set<CanonicalKey> keys) {
    return page.values().stream()
        .flatMap(List::stream)
        .filter(row -> !keys.contains(row.key()))
        .toList();
  }

  private static List<StructuralRow> inner(Collection<StructuralRow> rows) {
    return rows.stream().map(StructuralRow::asInner).toList();
  }

  /** The rest of one node's entries, a page at a time. */
  private final class Entries extends AbstractIterator<StructuralRow> {
    private final int pageSize;
    private final WorkCounter work;
    private HistoryRange rest;
    private Iterator<StructuralRow> page;
    private boolean isLast;

    Entries(HistoryRange range, List<StructuralRow> first, int pageSize, WorkCounter work) {
      this.pageSize = pageSize;
      this.work = work;
      this.rest = range.startingAfter(first.get(first.size() - 1).key());
      this.page = inner(first).iterator();
    }

    @Override
    protected @Nullable StructuralRow computeNext() {
      if (!page.hasNext() && !isLast) {
        List<StructuralRow> next =
            transaction.structuralOperations(List.of(rest), pageSize).getOrDefault(rest, List.of());
        work.visit(next.size());
        isLast = next.size() < pageSize;
        if (!next.isEmpty()) {
          rest = rest.startingAfter(next.get(next.size() - 1).key());
        }
        page = inner(next).iterator();
      }
      return page.hasNext() ? page.next() : endOfData();
    }
  }
}

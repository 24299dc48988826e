package dev.tidemark.core.internal.tree;

import com.google.common.collect.Lists;
import dev.tidemark.api.CanonicalKey;
import dev.tidemark.spi.HistoryRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads parts of the histories of many nodes in pages: most nodes have a handful of operations and
 * are read many at once; few have very many, and of these no more than a page is held.
 */
public final class HistoryPages {
  /** The most rows of a page. */
  public static final int ROWS = 4096;

  /** Of each range at first. Ranges that have more are asked again, fewer at once. */
  public static final int FIRST_ROWS = 16;

  private static final int GROWTH = 4;

  private HistoryPages() {}

  /**
   * What is read.
   *
   * @param <T> a row
   */
  @FunctionalInterface
  public interface Source<T> {
    /**
     * Reads the first rows of each range.
     *
     * @param ranges the ranges
     * @param limit the most per range
     * @return the rows of those that have some, ascending
     */
    Map<HistoryRange, List<T>> read(Collection<HistoryRange> ranges, int limit);
  }

  /**
   * Reads all rows.
   *
   * @param <T> a row
   * @param ranges the ranges
   * @param source reads them
   * @param key tells the key of a row
   * @param pages receives each page by the ranges that were asked for; of each range ascending
   */
  public static <T> void read(
      Collection<HistoryRange> ranges,
      Source<T> source,
      Function<T, CanonicalKey> key,
      Consumer<Map<HistoryRange, List<T>>> pages) {
    Map<HistoryRange, HistoryRange> open = new LinkedHashMap<>();
    ranges.forEach(range -> open.put(range, range));
    int limit = FIRST_ROWS;
    while (!open.isEmpty()) {
      List<HistoryRange> asked = new ArrayList<>(open.keySet());
      for (List<HistoryRange> group : Lists.partition(asked, ROWS / limit)) {
        Map<HistoryRange, List<T>> found = source.read(group, limit);
        Map<HistoryRange, List<T>> page = new HashMap<>();
        for (HistoryRange range : group) {
          HistoryRange original = open.remove(range);
          List<T> rows = found.getOrDefault(range, List.of());
          if (original != null && !rows.isEmpty()) {
            page.put(original, rows);
            if (rows.size() == limit) {
              open.put(range.startingAfter(key.apply(rows.get(limit - 1))), original);
            }
          }
        }
        if (!page.isEmpty()) {
          pages.accept(page);
        }
      }
      limit = Math.min(limit * GROWTH, ROWS);
    }
  }
}

package dev.tidemark.core.internal.verify;

import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored parent index, read page by page. */
final class StoredParents {
  private final ReadTransaction transaction;
  private final int pageSize;
  private List<ParentRow> page;
  private int next;

  StoredParents(ReadTransaction transaction, int pageSize) {
    this.transaction = transaction;
    this.pageSize = pageSize;
    this.page = transaction.parentRowsAfter(null, pageSize);
  }

  /** The next entry, or null at the end. */
  @Nullable ParentRow peek() {
    return next < page.size() ? page.get(next) : null;
  }

  void take() {
    ParentRow taken = page.get(next);
    next++;
    if (next == page.size() && next == pageSize) {
      page = transaction.parentRowsAfter(taken, pageSize);
      next = 0;
    }
  }
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;

/**
 * How many rows of the log the next statement of a scan asks for: few at first, as the visitor may
 * want no more, then twice as many each time, as long as they stay within a size. Paging by
 * statements and not by the driver's cursor keeps it the same behind every pooler and engine, none
 * of which then reads rows that nobody asked for.
 */
final class PageSize {
  private static final int FIRST = 32;
  private static final int MOST = 512;
  private static final int LEAST = 4;
  private static final long BYTES = 1 << 20;

  /** What a row takes beside its payload, about. */
  private static final int ROW_BYTES = 150;

  private int rows = FIRST;
  private int counted;
  private long bytes;

  int rows() {
    return rows;
  }

  void add(LoggedOperation row) {
    counted++;
    bytes += ROW_BYTES;
    Payload payload =
        row.operation() instanceof Operation.PayloadCarrying carrying ? carrying.payload() : null;
    if (payload != null && payload.isInline()) {
      bytes += payload.size();
    }
  }

  /** Decides after a page what the next one is. */
  void next() {
    long fitting = counted == 0 ? MOST : BYTES * counted / Math.max(bytes, 1);
    rows = (int) Math.max(LEAST, Math.min(Math.min(2L * rows, MOST), fitting));
    counted = 0;
    bytes = 0;
  }
}

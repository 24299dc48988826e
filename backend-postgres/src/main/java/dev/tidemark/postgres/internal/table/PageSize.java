package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;

/**
 * How many rows of the log the next statement of a scan asks for: as many as the last scan of the
 * store took, few at first as they may be larger ones. What goes beyond that grows with what was
 * read, as the visitor may want no more. A page stays within a size, by what the rows before were
 * like. Paging by statements and not by the driver's cursor keeps it the same behind every pooler
 * and engine, none of which then reads rows that nobody asked for.
 */
final class PageSize {
  private static final int FIRST = 32;

  /** A row has at most 16 KiB of payload. */
  private static final int MOST_AT_FIRST = 64;

  private static final int MOST = 1_024;
  private static final int LEAST = 4;
  private static final long BYTES = 1 << 20;

  /** What a row takes in memory beside its payload, about. */
  private static final int ROW_BYTES = 150;

  /** Scans of no more rows look something up. */
  private static final int LOOK_UP = 2;

  private final ScanSize usual;
  private final ScanSize.Scan expected;
  private ScanSize.Scan seen = new ScanSize.Scan(0, 0);
  private int rows;

  PageSize(ScanSize usual) {
    this.usual = usual;
    this.expected = usual.last();
    this.rows =
        expected.rows() == 0 ? FIRST : between(LEAST, MOST_AT_FIRST, needed(expected.rowSize()));
  }

  int rows() {
    return rows;
  }

  void add(LoggedOperation row) {
    Payload payload =
        row.operation() instanceof Operation.PayloadCarrying carrying ? carrying.payload() : null;
    seen = seen.plus(payload != null && payload.isInline() ? payload.size() : 0);
  }

  /** Decides after a page what the next one is. */
  void next() {
    long size = seen.rowSize();
    long wanted = needed(size);
    if (wanted <= 0) {
      wanted = expected.rows() == 0 ? seen.rows() : seen.rows() / 8;
    }
    rows = between(LEAST, MOST, Math.min(wanted, BYTES / (size + ROW_BYTES)));
  }

  /** The rows that are still missing of what the last scan took, and some more: sizes vary. */
  private long needed(long rowSize) {
    long missing = (expected.bytes() - seen.bytes()) / rowSize;
    return missing <= 0 ? 0 : missing + missing / 32 + 1;
  }

  /** The visitor had enough. */
  void ended() {
    if (seen.rows() > LOOK_UP) {
      usual.ended(seen);
    }
  }

  private static int between(int least, int most, long rows) {
    return (int) Math.max(least, Math.min(most, rows));
  }
}

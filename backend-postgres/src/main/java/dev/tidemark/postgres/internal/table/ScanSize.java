package dev.tidemark.postgres.internal.table;

/**
 * How much of the log the last scan of a store took whose visitor had enough: a guess at what the
 * next one takes, for {@link PageSize}. Who reads chunks wants one after the other of the same
 * size, whatever the document. For several threads; a wrong guess costs a statement or some rows.
 */
public final class ScanSize {
  /** What a row takes in a chunk beside its payload, about. */
  static final int ROW_BYTES = 32;

  private volatile Scan last = new Scan(0, 0);

  /** Makes one for a store that nothing was read of yet. */
  public ScanSize() {}

  /**
   * What a scan took.
   *
   * @param rows how many rows
   * @param bytes how many bytes
   */
  record Scan(long rows, long bytes) {
    Scan plus(long payload) {
      return new Scan(rows + 1, bytes + payload + ROW_BYTES);
    }

    long rowSize() {
      return rows == 0 ? ROW_BYTES : bytes / rows;
    }
  }

  Scan last() {
    return last;
  }

  void ended(Scan scan) {
    last = scan;
  }
}

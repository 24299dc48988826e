package dev.tidemark.spi;

/**
 * Receives rows one by one. It must not use the transaction that calls it, so that a backend may
 * simply loop over its rows.
 *
 * @param <T> the kind of rows
 */
@FunctionalInterface
public interface RowVisitor<T> {
  /**
   * Receives a row.
   *
   * @param row the row
   * @return whether to go on with the next one
   */
  boolean visit(T row);
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.postgres.internal.store.DamagedRowException;
import java.sql.SQLException;

/**
 * Reads a row.
 *
 * @param <T> what it holds
 */
@FunctionalInterface
interface Decoding<T> {
  /** Reads the columns. */
  T decode() throws SQLException;

  /** Reads the columns, and takes whatever they make impossible for damage. */
  static <T> T of(String table, Decoding<T> row) throws SQLException {
    try {
      return row.decode();
    } catch (RuntimeException e) {
      throw new DamagedRowException(table, e);
    }
  }
}

package dev.tidemark.postgres.internal.store;

import java.sql.SQLException;

/** A row that was read and makes no sense. */
public final class DamagedRowException extends SQLException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param what which kind of row
   * @param cause what its columns failed
   */
  public DamagedRowException(String what, Throwable cause) {
    super("a " + what + " row cannot be read", cause);
  }
}

package org.example.tidemark.h2;

import java.sql.SQLException;

/** A row that cannot be read; an SQLException, so that it takes the way of all other failures. */
final class DamagedRowException extends SQLException {
  private static final long serialVersionUID = 1L;

  DamagedRowException(Exception cause) {
    super("a row cannot be read", "90030", cause);
  }
}

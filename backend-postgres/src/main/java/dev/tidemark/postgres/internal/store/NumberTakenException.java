package dev.tidemark.postgres.internal.store;

import java.sql.SQLException;

/** A document whose number another one has, which can be of no use to anybody but an attacker. */
public final class NumberTakenException extends SQLException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception.
   *
   * @param asked the document that was asked for
   * @param stored the one that is there
   */
  public NumberTakenException(String asked, String stored) {
    super("the names " + asked + " and " + stored + " have one number");
  }
}

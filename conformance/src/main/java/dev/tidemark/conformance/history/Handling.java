package dev.tidemark.conformance.history;

import java.util.Locale;

/** How a batch reaches the store, or what is done to the store instead. */
public enum Handling {
  /** Brought into the tree in the append. */
  IMMEDIATE,
  /** Logged; the tree is left for later. */
  DEFERRED,
  /** As immediate, unless that takes more work than the batch's number. */
  LIMITED,
  /** As immediate, after a try in which the storage call of the batch's number fails. */
  FAILING,
  /** Upkeep: the tree is brought up to date in steps. */
  MATERIALIZE,
  /** Upkeep: as that, but the storage call of the batch's number fails, and nobody goes on. */
  INTERRUPT,
  /** Upkeep: the store is closed and opened again. */
  REOPEN,
  /** Upkeep: the tree is made again. */
  REBUILD,
  /** Upkeep: the tree is compared with a fold of the log. */
  VERIFY;

  /**
   * Tells whether it is something that is done without operations.
   *
   * @return whether it is
   */
  public boolean isUpkeep() {
    return compareTo(MATERIALIZE) >= 0;
  }

  boolean hasNumber() {
    return this == LIMITED || this == FAILING || this == INTERRUPT;
  }

  /** The word before a batch. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

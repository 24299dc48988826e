package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.Position;

/**
 * Consecutive positions of a version that have consecutive numbers.
 *
 * @param first the first position
 * @param number its number
 * @param count how many there are
 */
record Run(Position first, long number, int count) {
  /** Tells whether the position is one of these. */
  boolean contains(Position position) {
    return position.version() == first.version()
        && position.sequence() >= first.sequence()
        && position.sequence() - first.sequence() < count;
  }

  /** Returns the number of a position that it contains. */
  long number(Position position) {
    return number + position.sequence() - first.sequence();
  }

  /** Returns the number behind its last one. */
  long end() {
    return number + count;
  }

  /** Tells whether a position is that behind its last one. */
  boolean isFollowedBy(Position position) {
    return position.version() == first.version() && position.sequence() - first.sequence() == count;
  }

  /** Tells whether a position comes after all of these. */
  boolean isBefore(Position position) {
    return position.compareTo(first) > 0 && !contains(position);
  }

  Run longer() {
    return new Run(first, number, count + 1);
  }
}

package dev.tidemark.api;

/**
 * Where an operation stands in one store's log: the version that committed it, and its place in
 * that version. Positions are of one store; another store has the same operation elsewhere.
 *
 * @param version the version, 1, 2, 3, …; 0 only in {@link #START}
 * @param sequence the place within the version, from 0
 */
public record Position(long version, int sequence) implements Comparable<Position> {
  /** Before the first operation of every log. */
  public static final Position START = new Position(0, 0);

  /**
   * Checks the ranges.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if one is negative
   */
  public Position {
    Invalid.inRange("version", version, 0, Long.MAX_VALUE);
    Invalid.inRange("sequence", sequence, 0, Integer.MAX_VALUE);
  }

  /**
   * Returns the first position of the version after a given one.
   *
   * @param version the version before
   * @return (version + 1, 0)
   */
  public static Position afterVersion(long version) {
    return new Position(version + 1, 0);
  }

  /**
   * Returns the position behind this one in the same version, whether or not an operation stands
   * there.
   *
   * @return (version, sequence + 1)
   */
  public Position next() {
    return new Position(version, sequence + 1);
  }

  @Override
  public int compareTo(Position other) {
    int order = Long.compare(version, other.version);
    return order != 0 ? order : Integer.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return version + "." + sequence;
  }
}

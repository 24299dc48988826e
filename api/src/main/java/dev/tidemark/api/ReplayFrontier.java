package dev.tidemark.api;

/**
 * How far the stored tree is behind the log: the smallest canonical key among logged operations
 * that are not yet materialized. A tree that is up to date has none.
 *
 * @param key the smallest pending key
 * @param materialized the last position that the tree reflects
 * @param pending the number of operations not yet reflected, from 1
 */
public record ReplayFrontier(CanonicalKey key, Position materialized, long pending) {
  /**
   * Checks the count.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is below 1
   */
  public ReplayFrontier {
    Invalid.inRange("pending operations", pending, 1, Long.MAX_VALUE);
  }
}

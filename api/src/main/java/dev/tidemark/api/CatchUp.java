package dev.tidemark.api;

/**
 * What bringing the tree up to date took.
 *
 * @param path the costliest path that was taken
 * @param operations how many operations were brought into the tree
 * @param visited how many operations, logged before, were looked at again
 * @param rowsWritten how many rows of the tree and its indexes were written
 * @param nanos how long it took, without the commit, in nanoseconds
 */
public record CatchUp(
    CatchUpPath path, long operations, long visited, long rowsWritten, long nanos) {
  /** Nothing was done. */
  public static final CatchUp NONE = new CatchUp(CatchUpPath.NONE, 0, 0, 0, 0);

  /**
   * Returns the sum of this work and more.
   *
   * @param more what came after
   * @return the sum, with the costlier of both paths
   */
  public CatchUp plus(CatchUp more) {
    return new CatchUp(
        path.compareTo(more.path) >= 0 ? path : more.path,
        operations + more.operations,
        visited + more.visited,
        rowsWritten + more.rowsWritten,
        nanos + more.nanos);
  }
}

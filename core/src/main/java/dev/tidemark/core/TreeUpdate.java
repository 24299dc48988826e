package dev.tidemark.core;

import dev.tidemark.api.ChangeSet;

/**
 * What a {@link TreeFollower} found when it looked: what the commits of the versions after {@link
 * #after} through {@link #version} did to the visible tree. Updates follow each other without gaps.
 */
public sealed interface TreeUpdate {
  /**
   * Returns the version of the update before.
   *
   * @return the document's version then
   */
  long after();

  /**
   * Returns the version that was found.
   *
   * @return the document's version; smaller than {@link #after} only where the store was replaced
   *     by an older one
   */
  long version();

  /**
   * The visible tree is the same: nothing was committed, nothing visible changed, or what was
   * appended is not in the tree yet (rule R7). Also when a {@link Document#rebuild} repaired a
   * damaged tree, which changes no operation.
   *
   * @param after the version of the update before
   * @param version the version that was found
   */
  record Unchanged(long after, long version) implements TreeUpdate {}

  /**
   * The visible tree changed.
   *
   * @param after the version of the update before
   * @param changes the net changes, not empty; a tree that was as it was after the update before is
   *     as it is now when they are applied (rule R10)
   */
  record Changed(long after, ChangeSet changes) implements TreeUpdate {
    @Override
    public long version() {
      return changes.version();
    }
  }

  /**
   * The visible tree may have changed in ways that cannot be told: read it anew, from {@link
   * TreeFollower#tree}. The updates that follow count from there.
   *
   * @param after the version of the update before
   * @param version the version that was found
   * @param cause why it cannot be told
   */
  record Resync(long after, long version, Cause cause) implements TreeUpdate {}

  /** Why changes cannot be told. */
  enum Cause {
    /** More operations came since the last look than {@link FollowOptions#mostOperations}. */
    TOO_MANY_OPERATIONS,
    /**
     * The tree as it was cannot be read any more: the connection broke, the file changed, or the
     * look before got no connection ({@code STORE_BUSY}) and gave its own to others.
     */
    SNAPSHOT_LOST,
    /** The rows of the tree as it was contradict each other, or the log has a hole. */
    DAMAGED,
    /** The log is another one: the store was replaced, or restored from a backup. */
    OTHER_LOG
  }
}

package dev.tidemark.api;

/**
 * What the engine tells of its work. Methods are called on the thread that did the work, after it,
 * outside of transactions; they must be fast, must not throw, and must be safe for several threads.
 * Nothing that is passed is unbounded: no document, replica or cursor (design, section 11).
 */
public interface Telemetry {
  /** Tells nobody. */
  Telemetry NONE = new Telemetry() {};

  /**
   * A call of the chunk stream returned.
   *
   * @param bytes the size of the encoded chunk; 0 without one
   * @param operations the number of complete operations in it
   * @param nanos how long the call took
   */
  default void chunkRead(int bytes, int operations, long nanos) {}

  /**
   * A chunk was applied.
   *
   * @param bytes the size of the encoded chunk
   * @param operations the number of complete operations in it
   * @param nanos how long the call took, commit included
   */
  default void chunkApplied(int bytes, int operations, long nanos) {}

  /**
   * An append was committed, local or foreign.
   *
   * @param operations how many operations were new
   * @param late how many of these were below the head
   * @param nanos how long the call took, catch-up and commit included
   */
  default void appended(int operations, int late, long nanos) {}

  /**
   * The tree was brought up to date.
   *
   * @param work what it took
   */
  default void caughtUp(CatchUp work) {}

  /**
   * A unit of work is tried again.
   *
   * @param cause why the try before failed
   */
  default void retried(ErrorCode cause) {}

  /**
   * A call failed for good: a read or a write, or a chunk that cannot be taken. Calls that a check
   * of their arguments refuses are not told, and neither is what an open snapshot reads.
   *
   * @param code why, as the caller is told
   */
  default void failed(ErrorCode code) {}

  /**
   * A store that tells this telemetry was opened.
   *
   * @param figures what the store knows of its documents; may be asked at any time, until {@link
   *     #closed} is called with it
   */
  default void opened(StoreFigures figures) {}

  /**
   * A store that tells this telemetry was closed.
   *
   * @param figures those with which {@link #opened} was called; nothing is known of the store any
   *     more
   */
  default void closed(StoreFigures figures) {}
}

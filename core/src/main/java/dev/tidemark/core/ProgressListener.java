package dev.tidemark.core;

/** Follows a long call. Called on the thread that makes the call; must be fast. */
@FunctionalInterface
public interface ProgressListener {
  /** Follows nothing. */
  ProgressListener NONE = (done, total) -> {};

  /**
   * Tells how far the call is.
   *
   * @param done how many operations, or bytes where the call says so, are done
   * @param total how many there are
   */
  void progress(long done, long total);
}

package dev.tidemark.spi;

import java.time.Duration;

/**
 * Tells that a document was committed to, by whatever process. A hint, and no more: one may come
 * without a commit, and several commits may come as one. None is lost between two calls of {@link
 * #await}, but one may never be sent, where a process ends between its commit and the signal: who
 * waits also looks from time to time. For one thread; {@link #close} may be called from others and
 * ends a wait.
 */
public interface CommitSignal extends AutoCloseable {
  /**
   * Waits for a commit since the call before, or since this signal was made.
   *
   * @param timeout the longest wait; zero or less only looks
   * @return whether there may have been a commit; false when the time was over
   * @throws dev.tidemark.api.TidemarkException with {@code CONNECTION_LOST}, after which the caller
   *     makes another signal; {@code CLOSED} if this signal or its store is closed, also in the
   *     midst of the wait; {@code INTERRUPTED}
   */
  boolean await(Duration timeout);

  /** Stops listening. Closing twice does nothing. */
  @Override
  void close();
}

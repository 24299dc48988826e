package dev.tidemark.core;

/**
 * A listener that is being told of changes, until this is closed. Safe for several threads.
 *
 * @see Document#listen
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  /**
   * Removes the listener; does nothing when it is removed already. A call of it that is under way
   * on another thread comes to its end after this returns, and so may the rest of what was
   * committed before.
   */
  @Override
  void close();
}

package dev.tidemark.api;

import java.util.OptionalLong;

/**
 * What an opened store knows of its documents from the calls that were made through it: sums over
 * the documents, never one of them. Asking is cheap, from any thread, and reads nothing of the
 * storage. A figure is empty while it is not known; what other processes did to a document counts
 * as soon as a call comes upon it, or at the next survey of the store.
 */
public interface StoreFigures {
  /**
   * Returns how many logged operations are not yet in their trees.
   *
   * @return the sum over all documents that were looked at; empty before the first
   */
  OptionalLong pendingOperations();

  /**
   * Returns how many documents have pending operations.
   *
   * @return the number among those that were looked at; empty before the first
   */
  OptionalLong documentsBehind();

  /**
   * Returns for how long the oldest frontier is known to stand: the time since the document that is
   * behind for the longest was first seen with operations that are pending still.
   *
   * @return nanoseconds; 0 while no document is behind, empty before the first was looked at
   */
  OptionalLong oldestFrontierNanos();

  /**
   * Returns how many payloads wait for the rest of their fragments.
   *
   * @return the sum over all documents that were looked at for this; empty before the first
   */
  OptionalLong stagedPayloads();
}

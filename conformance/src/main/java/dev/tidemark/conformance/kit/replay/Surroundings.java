package dev.tidemark.conformance.kit.replay;

import dev.tidemark.core.Document;

/** Where a history runs: an opened store, and ways to disturb it. */
interface Surroundings {
  /** Returns the document of the history, in the store as it is open now. */
  Document document();

  /** Returns the same document in another opening, of which one storage call will fail. */
  default Document failingAt(int call) {
    throw new UnsupportedOperationException("nothing fails here");
  }

  /** Closes the store and opens it again: what was only in memory is gone. */
  default void reopen() {
    throw new UnsupportedOperationException("the store stays open here");
  }

  /** Returns how many operations one step of a catch-up takes. */
  default int step() {
    return Integer.MAX_VALUE;
  }
}

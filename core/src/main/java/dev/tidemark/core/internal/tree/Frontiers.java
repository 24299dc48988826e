package dev.tidemark.core.internal.tree;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.spi.DocumentState;
import org.jspecify.annotations.Nullable;

/** Tells how far a tree is behind its log. */
public final class Frontiers {
  private Frontiers() {}

  /**
   * Returns the frontier of a document.
   *
   * @param state the document's state
   * @return the frontier, or null when the tree is up to date
   */
  public static @Nullable ReplayFrontier of(DocumentState state) {
    CanonicalKey frontier = state.frontier();
    return frontier == null
        ? null
        : new ReplayFrontier(frontier, state.materialized(), state.pending());
  }
}

package dev.tidemark.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an append did.
 *
 * @param version the document's version after it; unchanged when every operation was there already
 * @param appended how many operations were new
 * @param known how many were there already, or twice in the same batch
 * @param late how many of the new ones were below the document's head
 * @param changes the net visible changes
 * @param catchUp what bringing the tree up to date took
 * @param pendingFrontier how far the tree is behind, in deferred mode; null when it is up to date
 */
public record AppendResult(
    long version,
    int appended,
    int known,
    int late,
    ChangeSet changes,
    CatchUp catchUp,
    @Nullable ReplayFrontier pendingFrontier) {
  /**
   * Returns how far the tree is behind the log.
   *
   * @return the frontier; empty when the tree is up to date
   */
  public Optional<ReplayFrontier> frontier() {
    return Optional.ofNullable(pendingFrontier);
  }
}

package dev.tidemark.core;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.ReplayFrontier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a document stands.
 *
 * @param version the last committed version; 0 before the first
 * @param operations the number of operations in the log
 * @param largestKey the largest canonical key in the log; null while it is empty
 * @param pendingFrontier how far the tree is behind the log; null when it is up to date
 */
public record DocumentStatus(
    long version,
    long operations,
    @Nullable CanonicalKey largestKey,
    @Nullable ReplayFrontier pendingFrontier) {
  /**
   * Returns the head.
   *
   * @return the largest canonical key in the log; empty while it is empty
   */
  public Optional<CanonicalKey> head() {
    return Optional.ofNullable(largestKey);
  }

  /**
   * Returns how far the tree is behind the log.
   *
   * @return the frontier; empty when the tree is up to date
   */
  public Optional<ReplayFrontier> frontier() {
    return Optional.ofNullable(pendingFrontier);
  }
}

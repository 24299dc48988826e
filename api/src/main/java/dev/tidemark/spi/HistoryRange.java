package dev.tidemark.spi;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * A part of the history of one node: the operations on it between two canonical keys. Histories may
 * be long, so they are asked for by what is needed of them.
 *
 * @param node the node
 * @param after the key that the operations are above, excluded; null where there is no lower bound
 * @param before the key that the operations are below, excluded; null where there is no upper one.
 *     Where it is not above the other key the range is empty
 */
public record HistoryRange(
    NodeId node, @Nullable CanonicalKey after, @Nullable CanonicalKey before) {
  /**
   * Returns the whole history of a node.
   *
   * @param node the node
   * @return a range without bounds
   */
  public static HistoryRange of(NodeId node) {
    return new HistoryRange(node, null, null);
  }

  /**
   * Returns the history of a node before a key.
   *
   * @param node the node
   * @param key the key, excluded
   * @return a range without a lower bound
   */
  public static HistoryRange before(NodeId node, CanonicalKey key) {
    return new HistoryRange(node, null, key);
  }

  /**
   * Returns the history of a node after a key.
   *
   * @param node the node
   * @param key the key, excluded
   * @return a range without an upper bound
   */
  public static HistoryRange after(NodeId node, CanonicalKey key) {
    return new HistoryRange(node, key, null);
  }

  /**
   * Returns what is left of this range behind a key.
   *
   * @param key the key, excluded
   * @return the same range with another lower bound
   */
  public HistoryRange startingAfter(CanonicalKey key) {
    return new HistoryRange(node, key, before);
  }

  /**
   * Tells whether a key is within the bounds.
   *
   * @param key the key
   * @return whether it is above the one and below the other
   */
  public boolean contains(CanonicalKey key) {
    return (after == null || key.compareTo(after) > 0)
        && (before == null || key.compareTo(before) < 0);
  }
}

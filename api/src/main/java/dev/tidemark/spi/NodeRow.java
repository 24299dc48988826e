package dev.tidemark.spi;

import dev.tidemark.api.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What the tree holds of one node. A node that no operation touched has no row; the row of the root
 * has neither placement nor delete.
 *
 * @param node the node
 * @param placement where it is placed; null where no effective operation places it
 * @param payload its last payload write; null where there is none
 * @param isInner whether some structural operation names it as parent; never goes back
 * @param isDeleted whether some operation deletes it; never goes back
 * @param isTombstoned whether it is deleted and nothing unseen is in its subtree
 * @param isIndexed whether its structural operations are in the structural index. A node that is
 *     not inner and has one structural operation needs no entry there: its placement says it all
 */
public record NodeRow(
    NodeId node,
    @Nullable PlacementRow placement,
    @Nullable PayloadRow payload,
    boolean isInner,
    boolean isDeleted,
    boolean isTombstoned,
    boolean isIndexed) {
  /**
   * Returns the row of a node that no operation touched.
   *
   * @param node the node
   * @return the row
   */
  public static NodeRow untouched(NodeId node) {
    return new NodeRow(node, null, null, false, false, false, false);
  }

  /**
   * Returns this row with another placement.
   *
   * @param value the placement, or null
   * @return the row
   */
  public NodeRow withPlacement(@Nullable PlacementRow value) {
    return new NodeRow(node, value, payload, isInner, isDeleted, isTombstoned, isIndexed);
  }

  /**
   * Returns this row with another payload write.
   *
   * @param value the payload write
   * @return the row
   */
  public NodeRow withPayload(PayloadRow value) {
    return new NodeRow(node, placement, value, isInner, isDeleted, isTombstoned, isIndexed);
  }

  /**
   * Returns this row as that of an inner node.
   *
   * @return the row
   */
  public NodeRow asInner() {
    return new NodeRow(node, placement, payload, true, isDeleted, isTombstoned, isIndexed);
  }

  /**
   * Returns this row as that of a node with a delete.
   *
   * @return the row
   */
  public NodeRow asDeleted() {
    return new NodeRow(node, placement, payload, isInner, true, isTombstoned, isIndexed);
  }

  /**
   * Returns this row with the tombstone set or not.
   *
   * @param value whether it is tombstoned
   * @return the row
   */
  public NodeRow withTombstone(boolean value) {
    return new NodeRow(node, placement, payload, isInner, isDeleted, value, isIndexed);
  }

  /**
   * Returns this row as that of a node whose structural operations are in the structural index.
   *
   * @return the row
   */
  public NodeRow asIndexed() {
    return new NodeRow(node, placement, payload, isInner, isDeleted, isTombstoned, true);
  }
}

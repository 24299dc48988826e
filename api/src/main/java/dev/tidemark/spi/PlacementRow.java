package dev.tidemark.spi;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.SiblingKey;

/**
 * Where a node is placed, and by which operation.
 *
 * @param parent the parent
 * @param orderKey the place among the siblings
 * @param writtenBy the operation
 */
public record PlacementRow(NodeId parent, OrderKey orderKey, CanonicalKey writtenBy) {
  /**
   * Returns the place of a node that is placed here, among its siblings.
   *
   * @param node the node
   * @return the key
   */
  public SiblingKey siblingKey(NodeId node) {
    return new SiblingKey(orderKey, node);
  }
}

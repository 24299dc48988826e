package dev.tidemark.spi;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;

/**
 * An entry of the structural index: a structural operation of a node that is inner or has several.
 * Its identity is (node, key). Entries of inner nodes are in the inner index as well, which is the
 * same entries in canonical order.
 *
 * @param node the node
 * @param key the operation
 * @param parent the parent that it names
 * @param orderKey the order key that it carries
 * @param isEffective whether it was effective when the tree was folded
 * @param isInner whether the node is inner
 */
public record StructuralRow(
    NodeId node,
    CanonicalKey key,
    NodeId parent,
    OrderKey orderKey,
    boolean isEffective,
    boolean isInner) {
  /**
   * Returns the placement that this operation makes.
   *
   * @return the placement
   */
  public PlacementRow placement() {
    return new PlacementRow(parent, orderKey, key);
  }

  /**
   * Returns this entry with another outcome.
   *
   * @param value whether it is effective
   * @return the entry
   */
  public StructuralRow withEffective(boolean value) {
    return new StructuralRow(node, key, parent, orderKey, value, isInner);
  }

  /**
   * Returns this entry as that of an inner node.
   *
   * @return the entry
   */
  public StructuralRow asInner() {
    return new StructuralRow(node, key, parent, orderKey, isEffective, true);
  }
}

package dev.tidemark.api;

/**
 * The place of a node among its siblings: (order key, node id).
 *
 * @param orderKey the order key
 * @param node the node
 */
public record SiblingKey(OrderKey orderKey, NodeId node) implements Comparable<SiblingKey> {
  @Override
  public int compareTo(SiblingKey other) {
    int order = orderKey.compareTo(other.orderKey);
    return order != 0 ? order : node.compareTo(other.node);
  }
}

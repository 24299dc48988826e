package dev.tidemark.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A visible node.
 *
 * @param id the node
 * @param parent its parent
 * @param orderKey its place among its siblings
 * @param content its payload, inline where small; null where it has none
 */
public record TreeNode(NodeId id, NodeId parent, OrderKey orderKey, @Nullable Payload content) {
  /**
   * Returns the payload.
   *
   * @return the payload, if the node has one
   */
  public Optional<Payload> payload() {
    return Optional.ofNullable(content);
  }

  /**
   * Returns the place among the siblings.
   *
   * @return the key to page with
   */
  public SiblingKey siblingKey() {
    return new SiblingKey(orderKey, id);
  }
}

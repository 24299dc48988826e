package dev.tidemark.core;

import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.TreeNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the visible children of a node, in sibling order.
 *
 * @param nodes the children
 * @param next where the next page starts after; null when there are no more
 */
public record ChildrenPage(List<TreeNode> nodes, @Nullable SiblingKey next) {
  /** Copies the list. */
  public ChildrenPage {
    nodes = List.copyOf(nodes);
  }
}

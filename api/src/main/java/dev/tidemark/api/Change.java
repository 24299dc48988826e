package dev.tidemark.api;

/** One net difference between the visible trees before and after (rule R10). */
public sealed interface Change {
  /**
   * Returns the node that changed.
   *
   * @return the node
   */
  NodeId node();

  /**
   * A node that was not placed before is visible.
   *
   * @param node the node
   * @param parent its parent
   * @param orderKey its place among its siblings
   */
  record Inserted(NodeId node, NodeId parent, OrderKey orderKey) implements Change {}

  /**
   * A visible node stands elsewhere, and is still visible.
   *
   * @param node the node
   * @param oldParent where it stood
   * @param parent its parent
   * @param orderKey its place among its siblings
   */
  record Moved(NodeId node, NodeId oldParent, NodeId parent, OrderKey orderKey) implements Change {}

  /**
   * A visible node is not visible any more: deleted, or cut off from the root.
   *
   * @param node the node
   */
  record Deleted(NodeId node) implements Change {}

  /**
   * A node that was placed before, but hidden, is visible.
   *
   * @param node the node
   * @param parent its parent
   * @param orderKey its place among its siblings
   */
  record Restored(NodeId node, NodeId parent, OrderKey orderKey) implements Change {}

  /**
   * The payload of a node that was visible, and is, was written or cleared. Writing an equal
   * content counts as well: telling that apart would mean to read the log (rule R2).
   *
   * @param node the node, which may be the root
   */
  record PayloadChanged(NodeId node) implements Change {}
}

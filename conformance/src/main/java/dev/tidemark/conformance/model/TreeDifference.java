package dev.tidemark.conformance.model;

import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The net visible changes from one tree to another (rule R10). */
public final class TreeDifference {
  private TreeDifference() {}

  /**
   * Compares two trees.
   *
   * @param before the tree before
   * @param after the tree after
   * @return the changes: first what is visible after, parents before children, then what is not
   */
  public static List<Change> between(ReferenceTree before, ReferenceTree after) {
    List<Change> changes = new ArrayList<>();
    if (!before.payload(NodeId.ROOT).equals(after.payload(NodeId.ROOT))) {
      changes.add(new Change.PayloadChanged(NodeId.ROOT));
    }
    for (TreeEntry entry : after.visible()) {
      compare(before, entry.node(), changes);
    }
    for (TreeEntry entry : before.visible()) {
      if (after.node(entry.node().id()).isEmpty()) {
        changes.add(new Change.Deleted(entry.node().id()));
      }
    }
    return changes;
  }

  private static void compare(ReferenceTree before, TreeNode now, List<Change> changes) {
    Optional<TreeNode> then = before.node(now.id());
    if (then.isEmpty()) {
      changes.add(
          before.placements().containsKey(now.id())
              ? new Change.Restored(now.id(), now.parent(), now.orderKey())
              : new Change.Inserted(now.id(), now.parent(), now.orderKey()));
      return;
    }
    TreeNode old = then.get();
    if (!old.parent().equals(now.parent()) || !old.orderKey().equals(now.orderKey())) {
      changes.add(new Change.Moved(now.id(), old.parent(), now.parent(), now.orderKey()));
    }
    if (!old.payload().equals(now.payload())) {
      changes.add(new Change.PayloadChanged(now.id()));
    }
  }
}

package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import dev.tidemark.conformance.model.ReferenceTree;
import dev.tidemark.conformance.model.TreeListing;
import dev.tidemark.core.ChildrenPage;
import dev.tidemark.core.OperationsPage;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.TreeSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares a stored tree with the reference model, by everything that a reader can ask for. Made to
 * be fast, as random histories ask millions of times: assertions are built for what differs only.
 */
final class TreeComparison {
  private final TreeSnapshot actual;
  private final ReferenceTree expected;

  TreeComparison(TreeSnapshot actual, ReferenceTree expected) {
    this.actual = actual;
    this.expected = expected;
  }

  /** The whole listing at once, and the counts that come with its hash. */
  void assertSameListing() {
    List<TreeEntry> visible = expected.visible();
    requireEqual("visible nodes", actual.walk(NodeId.ROOT).toList(), visible);
    requireEqual("payload of the root", actual.rootPayload(), expected.payload(NodeId.ROOT));
    List<TreeNode> withPayload =
        visible.stream().map(TreeEntry::node).filter(node -> node.payload().isPresent()).toList();
    requireEqual(
        "tree hash",
        actual.hash(),
        new TreeHash(
            TreeListing.hash(visible),
            visible.size(),
            withPayload.size(),
            withPayload.stream().mapToLong(TreeComparison::size).sum(),
            visible.stream().mapToInt(TreeEntry::depth).max().orElse(0)));
  }

  /**
   * Each node on its own, the root among them: what it is, its ancestors, and its children in
   * pages.
   */
  void assertSameNodes(Collection<NodeId> nodes, int pageSize) {
    for (NodeId node : nodes) {
      requireEqual("node " + node, actual.node(node), expected.node(node));
      requireEqual("ancestors of " + node, actual.ancestors(node), expected.ancestors(node));
      assertSameChildren(node, pageSize);
    }
  }

  /** The operations that shaped the children of a node, in pages. */
  void assertSameOperations(NodeId parent, List<LoggedOperation> operations, int pageSize) {
    List<LoggedOperation> found = new ArrayList<>();
    @Nullable Position next = Position.START;
    while (next != null) {
      OperationsPage page = actual.operationsFor(parent, next, pageSize);
      found.addAll(page.operations());
      next = page.next();
      requireEqual(
          "whether a page of " + parent + " is full unless it is the last",
          page.operations().size() == pageSize || next == null,
          true);
    }
    requireEqual("operations for " + parent, found, operations);
  }

  private void assertSameChildren(NodeId parent, int pageSize) {
    List<TreeNode> children = new ArrayList<>();
    @Nullable SiblingKey next = null;
    do {
      ChildrenPage page = actual.children(parent, next, pageSize);
      children.addAll(page.nodes());
      next = page.next();
      requireEqual(
          "whether a page of " + parent + " is full unless it is the last",
          page.nodes().size() == pageSize || next == null,
          true);
    } while (next != null);
    requireEqual("children of " + parent, children, expected.children(parent));
  }

  private static long size(TreeNode node) {
    return node.payload().orElseThrow().size();
  }

  private static void requireEqual(String what, Object actual, Object expected) {
    if (!Objects.equals(actual, expected)) {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }
}

package dev.tidemark.core.internal.tree;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import dev.tidemark.spi.NodeRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Walks the visible tree depth first, parents before children, siblings in order. Holds one page of
 * children per level, so its memory grows with the depth of the tree and not with its size.
 */
public final class TreeWalk implements Iterator<TreeEntry> {
  private static final int PAGE = 200;
  private static final int DESCRIBED = 20;

  private final TreeReader reader;
  private final Deque<Level> levels = new ArrayDeque<>();
  private @Nullable TreeEntry next;

  /**
   * Walks below a node.
   *
   * @param reader reads the tree
   * @param top the visible node to walk below, not itself visited
   */
  public TreeWalk(TreeReader reader, NodeId top) {
    this.reader = reader;
    levels.push(new Level(top));
    next = advance();
  }

  private final class Level {
    private final NodeId parent;
    private List<NodeRow> rows = List.of();

    /**
     * Nodes with their payloads, a few at a time: a page of payloads on each level would be much.
     */
    private List<TreeNode> described = List.of();

    private int firstDescribed;
    private int taken;
    private boolean isLastPage;

    Level(NodeId parent) {
      this.parent = parent;
      read();
    }

    private void read() {
      NodeRow last = rows.isEmpty() ? null : rows.get(rows.size() - 1);
      rows =
          reader.visibleChildren(parent, last == null ? null : TreeReader.siblingKey(last), PAGE);
      described = List.of();
      firstDescribed = 0;
      taken = 0;
      isLastPage = rows.size() < PAGE;
    }

    TreeNode take() {
      if (taken == firstDescribed + described.size()) {
        firstDescribed = taken;
        described = reader.describe(rows.subList(taken, Math.min(taken + DESCRIBED, rows.size())));
      }
      return described.get(taken++ - firstDescribed);
    }

    boolean isDone() {
      if (taken == rows.size() && !isLastPage) {
        read();
      }
      return taken == rows.size();
    }
  }

  private @Nullable TreeEntry advance() {
    while (!levels.isEmpty()) {
      Level level = levels.element();
      if (level.isDone()) {
        levels.pop();
        continue;
      }
      int depth = levels.size();
      NodeRow row = level.rows.get(level.taken);
      TreeNode node = level.take();
      if (row.isInner()) {
        levels.push(new Level(row.node()));
      }
      return new TreeEntry(depth, node);
    }
    return null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public TreeEntry next() {
    TreeEntry entry = next;
    if (entry == null) {
      throw new NoSuchElementException();
    }
    next = advance();
    return entry;
  }
}

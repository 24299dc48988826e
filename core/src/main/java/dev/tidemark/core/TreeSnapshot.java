package dev.tidemark.core;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.api.TreeNode;
import dev.tidemark.core.internal.tree.Frontiers;
import dev.tidemark.core.internal.tree.TreeHasher;
import dev.tidemark.core.internal.tree.TreeReader;
import dev.tidemark.core.internal.tree.TreeWalk;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The visible tree at one moment. It holds a read transaction, so close it soon: a snapshot that
 * stays open keeps the store from cleaning up. For one thread.
 */
public final class TreeSnapshot implements AutoCloseable {
  private final ReadTransaction transaction;
  private final TreeReader reader;
  private final boolean isBorrowed;

  TreeSnapshot(ReadTransaction transaction) {
    this(transaction, false);
  }

  private TreeSnapshot(ReadTransaction transaction, boolean isBorrowed) {
    this.transaction = transaction;
    this.reader = new TreeReader(transaction);
    this.isBorrowed = isBorrowed;
  }

  /** One that another owner closes. */
  static TreeSnapshot borrowed(ReadTransaction transaction) {
    return new TreeSnapshot(transaction, true);
  }

  /**
   * Returns the version that is seen.
   *
   * @return the last version committed before the snapshot was taken
   */
  public long version() {
    return transaction.state().version();
  }

  /**
   * Returns how far this tree is behind the log.
   *
   * @return the frontier; empty when the tree is up to date
   */
  public Optional<ReplayFrontier> frontier() {
    return Optional.ofNullable(Frontiers.of(transaction.state()));
  }

  /**
   * Returns a node.
   *
   * @param node the node
   * @return the node, if it is visible; the root is none
   */
  public Optional<TreeNode> node(NodeId node) {
    return reader.node(node);
  }

  /**
   * Returns a page of the visible children of a node.
   *
   * @param parent the parent; a hidden or unknown one has no children
   * @param after where to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the page
   */
  public ChildrenPage children(NodeId parent, @Nullable SiblingKey after, int limit) {
    requireLimit(limit);
    if (!reader.isVisible(parent)) {
      return new ChildrenPage(List.of(), null);
    }
    // One more than asked for tells whether there is a next page.
    int wanted = limit == Integer.MAX_VALUE ? limit : limit + 1;
    List<NodeRow> rows = reader.visibleChildren(parent, after, wanted);
    boolean hasMore = rows.size() > limit;
    List<TreeNode> nodes = reader.describe(hasMore ? rows.subList(0, limit) : rows);
    return new ChildrenPage(nodes, hasMore ? nodes.get(limit - 1).siblingKey() : null);
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
          .with(Detail.ARGUMENT, "limit")
          .with(Detail.PROBLEM, limit + ", must be at least 1")
          .build();
    }
  }

  /**
   * Returns a page of the operations that shaped the children of a node: those that placed, moved
   * away, changed or deleted a child.
   *
   * <p>Exactly: an operation on a node belongs to the parent that the node is placed under just
   * before it in canonical order, and to the one just after it, as the tree is folded from all
   * operations that it reflects. So a move belongs to both parents, a skipped one to where the node
   * stayed, and an operation on a node that is placed nowhere to none. Neither the parent nor the
   * children need be visible; operations that the tree does not reflect yet belong to none.
   *
   * <p>Costs one seek, and per operation returned one row of the parent index and one of the log.
   *
   * @param parent the node, which may be the root or unknown
   * @param from the first position to return, or {@link Position#START}; what {@link
   *     OperationsPage#next} of the page before says
   * @param limit the most to return, from 1
   * @return the page, in position order. Late operations change what earlier positions belong to,
   *     so pages of different snapshots need not fit
   * @throws TidemarkException with {@code INVALID_ARGUMENT} if the limit is below 1
   */
  public OperationsPage operationsFor(NodeId parent, Position from, int limit) {
    requireLimit(limit);
    List<LoggedOperation> operations = new ArrayList<>();
    List<Position> next = new ArrayList<>(1);
    transaction.scanParent(
        parent,
        from,
        logged -> {
          if (operations.size() < limit) {
            return operations.add(logged);
          }
          next.add(logged.position());
          return false;
        });
    return new OperationsPage(operations, next.isEmpty() ? null : next.get(0));
  }

  /**
   * Returns the ancestors of a node.
   *
   * @param node the node
   * @return the nearest first, without the root; empty if the node is not visible
   */
  public List<TreeNode> ancestors(NodeId node) {
    return reader.ancestors(node);
  }

  /**
   * Walks the visible tree below a node: depth first, parents before children, siblings in order.
   * The stream reads as it goes and is usable until the snapshot is closed.
   *
   * @param top the node to walk below, not itself visited; nothing is below a hidden one
   * @return the nodes; the children of {@code top} have depth 1
   */
  public Stream<TreeEntry> walk(NodeId top) {
    if (!reader.isVisible(top)) {
      return Stream.empty();
    }
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new TreeWalk(reader, top),
            Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT),
        false);
  }

  /**
   * Computes the hash of the whole visible tree. Reads every visible node.
   *
   * @return the hash
   */
  public TreeHash hash() {
    TreeHasher hasher = new TreeHasher();
    new TreeWalk(reader, NodeId.ROOT).forEachRemaining(hasher::add);
    return new TreeHash(
        hasher.hex(),
        hasher.visibleNodes(),
        hasher.payloadNodes(),
        hasher.payloadBytes(),
        hasher.maxDepth());
  }

  /**
   * Returns the payload of the root, which is not itself a {@link TreeNode}.
   *
   * @return the payload, if the root has one
   */
  public Optional<Payload> rootPayload() {
    return reader.rootPayload();
  }

  Optional<Operation.PayloadCarrying> payloadWrite(NodeId node) {
    return reader.payloadWrite(node);
  }

  /** Ends the snapshot. Closing twice does nothing. */
  @Override
  public void close() {
    if (!isBorrowed) {
      transaction.close();
    }
  }
}

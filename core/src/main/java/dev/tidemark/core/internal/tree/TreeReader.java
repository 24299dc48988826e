package dev.tidemark.core.internal.tree;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.TreeNode;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the visible tree in one transaction. */
public final class TreeReader {
  private static final int MIN_PAGE = 100;
  private static final int MAX_PAGE = 1000;

  private final ReadTransaction transaction;

  /**
   * Reads in a transaction.
   *
   * @param transaction the transaction
   */
  public TreeReader(ReadTransaction transaction) {
    this.transaction = transaction;
  }

  /**
   * Returns the chain of a node, itself first, up to the last one below the root.
   *
   * @param node the node
   * @return the rows; empty if the node is not visible or is the root
   */
  public List<NodeRow> visibleChain(NodeId node) {
    return new SeenRows(transaction).visibleChain(node);
  }

  /**
   * Tells whether a node is visible; the root is.
   *
   * @param node the node
   * @return whether it is
   */
  public boolean isVisible(NodeId node) {
    return new SeenRows(transaction).isVisible(node);
  }

  /**
   * Returns a node.
   *
   * @param node the node
   * @return the node, if it is visible and not the root
   */
  public Optional<TreeNode> node(NodeId node) {
    List<NodeRow> chain = visibleChain(node);
    return chain.isEmpty() ? Optional.empty() : Optional.of(describe(chain.subList(0, 1)).get(0));
  }

  /**
   * Returns the ancestors of a node.
   *
   * @param node the node
   * @return the nearest first, without the root; empty if the node is not visible
   */
  public List<TreeNode> ancestors(NodeId node) {
    List<NodeRow> chain = visibleChain(node);
    return chain.isEmpty() ? List.of() : describe(chain.subList(1, chain.size()));
  }

  /**
   * Returns rows of visible children of a node that is known to be visible.
   *
   * @param parent the node
   * @param after where to start after
   * @param limit the most to return
   * @return the rows in sibling order; fewer than the limit when there are no more
   */
  public List<NodeRow> visibleChildren(NodeId parent, @Nullable SiblingKey after, int limit) {
    List<NodeRow> visible = new ArrayList<>();
    SiblingKey from = after;
    // Not in pages of the caller's limit: behind many tombstones these would be many statements.
    int pageSize = Math.max(MIN_PAGE, Math.min(limit, MAX_PAGE));
    while (visible.size() < limit) {
      List<NodeRow> page = transaction.children(parent, from, pageSize);
      for (NodeRow row : page) {
        if (!row.isTombstoned() && visible.size() < limit) {
          visible.add(row);
        }
      }
      if (page.size() < pageSize) {
        break;
      }
      from = siblingKey(page.get(page.size() - 1));
    }
    return visible;
  }

  /**
   * Returns rows as visible nodes, with their payloads: one statement for all.
   *
   * @param rows rows that have a placement
   * @return the nodes, in the same order
   */
  public List<TreeNode> describe(List<NodeRow> rows) {
    List<OperationId> writes = new ArrayList<>();
    for (NodeRow row : rows) {
      PayloadRow payload = row.payload();
      if (payload != null && payload.isPresent()) {
        writes.add(payload.writtenBy().id());
      }
    }
    Map<OperationId, LoggedOperation> logged =
        writes.isEmpty() ? Map.of() : transaction.operations(writes);
    List<TreeNode> nodes = new ArrayList<>(rows.size());
    for (NodeRow row : rows) {
      PlacementRow placement = row.placement();
      if (placement == null) {
        throw new IllegalArgumentException("not placed: " + row.node());
      }
      nodes.add(
          new TreeNode(
              row.node(), placement.parent(), placement.orderKey(), payloadOf(row, logged)));
    }
    return nodes;
  }

  /**
   * Returns the operation that wrote the current payload of a visible node, or of the root.
   *
   * @param node the node
   * @return the operation, if the node is visible and has a payload
   */
  public Optional<Operation.PayloadCarrying> payloadWrite(NodeId node) {
    if (!isVisible(node)) {
      return Optional.empty();
    }
    NodeRow row = transaction.nodes(List.of(node)).get(node);
    PayloadRow payload = row == null ? null : row.payload();
    if (payload == null || !payload.isPresent()) {
      return Optional.empty();
    }
    OperationId id = payload.writtenBy().id();
    LoggedOperation entry = transaction.operations(List.of(id)).get(id);
    return entry != null && entry.operation() instanceof Operation.PayloadCarrying carrying
        ? Optional.of(carrying)
        : Optional.empty();
  }

  /**
   * Returns the payload of the root.
   *
   * @return the payload, if it has one
   */
  public Optional<Payload> rootPayload() {
    return payloadWrite(NodeId.ROOT).map(Operation.PayloadCarrying::payload);
  }

  private static @Nullable Payload payloadOf(
      NodeRow row, Map<OperationId, LoggedOperation> logged) {
    PayloadRow payload = row.payload();
    if (payload == null || !payload.isPresent()) {
      return null;
    }
    LoggedOperation entry = logged.get(payload.writtenBy().id());
    return entry != null && entry.operation() instanceof Operation.PayloadCarrying carrying
        ? carrying.payload()
        : null;
  }

  /**
   * Returns the place of a placed node among its siblings.
   *
   * @param row the row
   * @return the key
   */
  public static SiblingKey siblingKey(NodeRow row) {
    PlacementRow placement = row.placement();
    if (placement == null) {
      throw new IllegalArgumentException("not placed: " + row.node());
    }
    return placement.siblingKey(row.node());
  }
}

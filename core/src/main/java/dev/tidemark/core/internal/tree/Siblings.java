package dev.tidemark.core.internal.tree;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Placement;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns placements into order keys. A neighbour counts whether it is visible or not: next to it is
 * next to the visible one as well, and looking for that could be a search through many tombstones.
 */
public final class Siblings {
  /** The nearest one is nearly always the one, or the second where a node stays in its place. */
  private static final int FIRST_PAGE = 2;

  private static final int PAGE = 20;

  private final ReadTransaction transaction;
  private final NodeId parent;
  private final NodeId node;

  /**
   * Looks at the children of a node.
   *
   * @param transaction the transaction
   * @param parent the parent, visible
   * @param node the node to be placed; where it stands now does not count
   */
  public Siblings(ReadTransaction transaction, NodeId parent, NodeId node) {
    this.transaction = transaction;
    this.parent = parent;
    this.node = node;
  }

  /**
   * Returns the order key of a placement.
   *
   * @param placement the placement
   * @return a key that puts the node there
   */
  public OrderKey orderKey(Placement placement) {
    if (placement instanceof Placement.At at) {
      return at.orderKey();
    }
    if (placement instanceof Placement.Before before) {
      OrderKey upper = keyOf(before.sibling());
      return between(
          nearest(transaction::childrenBackwards, new SiblingKey(upper, NodeId.ROOT), upper),
          upper);
    }
    if (placement instanceof Placement.After after) {
      OrderKey lower = keyOf(after.sibling());
      return between(
          lower, nearest(transaction::children, new SiblingKey(lower, after.sibling()), lower));
    }
    if (placement instanceof Placement.First) {
      return between(null, nearest(transaction::children, null, null));
    }
    return between(nearest(transaction::childrenBackwards, null, null), null);
  }

  private OrderKey keyOf(NodeId sibling) {
    NodeRow row = transaction.nodes(List.of(sibling)).get(sibling);
    if (row == null
        || row.isTombstoned()
        || row.placement() == null
        || !row.placement().parent().equals(parent)
        || sibling.equals(node)) {
      throw TidemarkException.of(ErrorCode.NODE_NOT_FOUND)
          .with(Detail.NODE, sibling)
          .with(Detail.PARENT, parent)
          .with(Detail.PROBLEM, "not a visible child of the parent")
          .build();
    }
    return row.placement().orderKey();
  }

  /** Reads a page of siblings beside a place, the nearest first. */
  private interface Direction {
    List<NodeRow> page(NodeId parent, @Nullable SiblingKey beside, int limit);
  }

  /** Returns the key of the nearest sibling beside a place that has another key than this. */
  private @Nullable OrderKey nearest(
      Direction direction, @Nullable SiblingKey from, @Nullable OrderKey not) {
    SiblingKey beside = from;
    int limit = FIRST_PAGE;
    while (true) {
      List<NodeRow> page = direction.page(parent, beside, limit);
      for (NodeRow row : page) {
        OrderKey key = keyIfCounted(row, not);
        if (key != null) {
          return key;
        }
      }
      if (page.size() < limit) {
        return null;
      }
      beside = TreeReader.siblingKey(page.get(page.size() - 1));
      limit = PAGE;
    }
  }

  private @Nullable OrderKey keyIfCounted(NodeRow row, @Nullable OrderKey not) {
    OrderKey key = TreeReader.siblingKey(row).orderKey();
    return row.node().equals(node) || (not != null && key.equals(not)) ? null : key;
  }

  private OrderKey between(@Nullable OrderKey lower, @Nullable OrderKey upper) {
    return OrderKeys.between(lower, upper, node.low())
        .orElseThrow(
            () ->
                TidemarkException.of(ErrorCode.NO_ORDER_KEY)
                    .with(Detail.PARENT, parent)
                    .with(Detail.PROBLEM, "between " + lower + " and " + upper)
                    .with(Detail.REMEDY, "move one of the two siblings first")
                    .build());
  }
}

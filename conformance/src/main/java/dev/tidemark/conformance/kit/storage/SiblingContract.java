package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.Samples.orderKey;
import static dev.tidemark.conformance.kit.Samples.placed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.NodeRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Children in sibling order: (order key, node), both as unsigned bytes. */
public abstract class SiblingContract extends StorageContract {
  private static final NodeId PARENT = node(100);

  /** In sibling order; signed, padded or textual comparison would each give another one. */
  private static final List<NodeRow> SIBLINGS =
      List.of(
          placed(node(9), PARENT, OrderKey.EMPTY),
          placed(new NodeId(Long.MIN_VALUE, 0), PARENT, OrderKey.EMPTY),
          placed(node(8), PARENT, orderKey(0)),
          placed(node(7), PARENT, orderKey(0, 0)),
          placed(node(6), PARENT, orderKey(0x61)),
          placed(node(5), PARENT, orderKey(0x61, 0)),
          placed(node(4), PARENT, orderKey(0x7F)),
          placed(node(2), PARENT, orderKey(0x80)),
          placed(new NodeId(1, 0), PARENT, orderKey(0x80)),
          placed(new NodeId(-1, 0), PARENT, orderKey(0x80)),
          placed(new NodeId(-1, -1), PARENT, orderKey(0x80)),
          placed(node(3), PARENT, orderKey(0xFF)));

  /** For subclasses. */
  protected SiblingContract() {}

  @Test
  @Rule("B4")
  void siblingsComeInTheOrderOfUnsignedBytes() {
    List<NodeRow> arrival = new ArrayList<>(SIBLINGS);
    Collections.reverse(arrival);
    arrival.forEach(row -> write(transaction -> transaction.putNodes(List.of(row))));

    assertThat(now().children(PARENT, null, 99)).isEqualTo(SIBLINGS);
    assertThat(now().childrenBackwards(PARENT, null, 99)).isEqualTo(arrival);
  }

  @Test
  @Rule({"B4", "B5"})
  void pagesOfEverySizeTileTheSiblings() {
    write(transaction -> transaction.putNodes(SIBLINGS));

    for (int size = 1; size <= SIBLINGS.size() + 1; size++) {
      int limit = size;
      List<NodeRow> forwards = new ArrayList<>();
      List<NodeRow> page = now().children(PARENT, null, limit);
      while (!page.isEmpty()) {
        assertThat(page).hasSizeLessThanOrEqualTo(limit);
        forwards.addAll(page);
        page = now().children(PARENT, lastOf(forwards), limit);
      }
      assertThat(forwards).as("pages of %s", size).isEqualTo(SIBLINGS);

      List<NodeRow> backwards = new ArrayList<>();
      page = now().childrenBackwards(PARENT, null, limit);
      while (!page.isEmpty()) {
        backwards.addAll(0, reversed(page));
        page = now().childrenBackwards(PARENT, siblingKey(backwards.get(0)), limit);
      }
      assertThat(backwards).as("backward pages of %s", size).isEqualTo(SIBLINGS);
    }
  }

  @Test
  @Rule("B4")
  void aPageMayStartAtAKeyThatNoSiblingHas() {
    write(transaction -> transaction.putNodes(SIBLINGS));
    SiblingKey between = new SiblingKey(orderKey(0x80), new NodeId(2, 0));

    assertThat(now().children(PARENT, between, 1)).containsExactly(SIBLINGS.get(9));
    assertThat(now().childrenBackwards(PARENT, between, 1)).containsExactly(SIBLINGS.get(8));
  }

  @Test
  @Rule("B4")
  void aNodeThatMovesLeavesItsOldPlace() {
    NodeRow row = placed(node(1), PARENT, orderKey(1));
    write(transaction -> transaction.putNodes(List.of(row)));

    NodeRow renamed = placed(node(1), PARENT, orderKey(2));
    write(transaction -> transaction.putNodes(List.of(renamed)));
    assertThat(now().children(PARENT, null, 9)).containsExactly(renamed);

    NodeRow moved = placed(node(1), NodeId.ROOT, orderKey(2));
    write(transaction -> transaction.putNodes(List.of(moved)));
    assertThat(now().children(PARENT, null, 9)).isEmpty();
    assertThat(now().children(NodeId.ROOT, null, 9)).containsExactly(moved);

    write(transaction -> transaction.putNodes(List.of(moved.withPlacement(null))));
    assertThat(now().children(NodeId.ROOT, null, 9)).isEmpty();
  }

  @Test
  @Rule("B4")
  void tombstonedChildrenAreListedAndOtherNodesAreNot() {
    NodeRow hidden = placed(node(1), PARENT, orderKey(1)).asDeleted().withTombstone(true);
    NodeRow below = placed(node(2), node(1), orderKey(1));
    NodeRow unplaced = NodeRow.untouched(node(3)).asInner();
    write(transaction -> transaction.putNodes(List.of(hidden, below, unplaced)));

    assertThat(now().children(PARENT, null, 9)).containsExactly(hidden);
    assertThat(now().childrenBackwards(PARENT, null, 9)).containsExactly(hidden);
  }

  @Test
  @Rule("B4")
  void nodesComeInTheOrderOfTheirUnsignedIds() {
    List<NodeRow> ordered =
        List.of(
                NodeId.ROOT,
                node(1),
                node(Long.MAX_VALUE),
                node(-1),
                new NodeId(1, 0),
                new NodeId(Long.MIN_VALUE, 0),
                new NodeId(-1, Long.MAX_VALUE),
                new NodeId(-1, -1))
            .stream()
            .map(NodeRow::untouched)
            .toList();
    write(transaction -> transaction.putNodes(reversed(ordered)));

    assertThat(now().nodesAfter(null, 99)).isEqualTo(ordered);
    assertThat(now().nodesAfter(node(-1), 2)).isEqualTo(ordered.subList(4, 6));
    assertThat(now().nodesAfter(node(5), 1)).isEqualTo(ordered.subList(2, 3));
    assertThat(now().nodesAfter(new NodeId(-1, -1), 2)).isEmpty();
  }

  @Test
  @Rule("B8")
  void siblingsOfAnotherDocumentAreNotListed() {
    write(Samples.OTHER, transaction -> transaction.putNodes(SIBLINGS));

    assertThat(now().children(PARENT, null, 9)).isEmpty();
    assertThat(now().nodesAfter(null, 9)).isEmpty();
  }

  private static @Nullable SiblingKey lastOf(List<NodeRow> rows) {
    return siblingKey(rows.get(rows.size() - 1));
  }

  private static @Nullable SiblingKey siblingKey(NodeRow row) {
    return row.placement() == null ? null : row.placement().siblingKey(row.node());
  }

  private static List<NodeRow> reversed(List<NodeRow> rows) {
    List<NodeRow> reversed = new ArrayList<>(rows);
    Collections.reverse(reversed);
    return reversed;
  }
}

package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.key;
import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.Samples.orderKey;
import static dev.tidemark.conformance.kit.Samples.placed;
import static dev.tidemark.conformance.kit.Samples.placement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Node rows and what deletes cover, by node. */
public abstract class TreeContract extends StorageContract {
  private static final NodeId A = node(1);
  private static final NodeId B = node(2);

  /** For subclasses. */
  protected TreeContract() {}

  @Test
  @Rule("B4")
  void rowsOfEveryShapeComeBackAsTheyWere() {
    PlacementRow placement = new PlacementRow(B, orderKey(0, 255), key(3));
    NodeRow full = new NodeRow(A, placement, new PayloadRow(key(4), true), true, true, true, true);
    List<NodeRow> rows =
        List.of(
            NodeRow.untouched(node(1)),
            NodeRow.untouched(node(2)).withPlacement(placement(NodeId.ROOT, 1)),
            NodeRow.untouched(node(3)).withPayload(new PayloadRow(key(1), true)),
            NodeRow.untouched(node(4)).withPayload(new PayloadRow(key(1), false)),
            NodeRow.untouched(node(5)).asInner(),
            NodeRow.untouched(node(6)).asDeleted(),
            NodeRow.untouched(node(7)).withTombstone(true),
            NodeRow.untouched(node(8)).asIndexed(),
            NodeRow.untouched(NodeId.ROOT).asInner().withPayload(new PayloadRow(key(2), true)));
    write(transaction -> transaction.putNodes(rows));
    List<NodeId> ids = rows.stream().map(NodeRow::node).toList();
    assertThat(now().nodes(ids).values()).containsExactlyInAnyOrderElementsOf(rows);

    write(transaction -> transaction.putNodes(List.of(full)));
    assertThat(now().nodes(List.of(A))).isEqualTo(Map.of(A, full));
    write(transaction -> transaction.putNodes(List.of(NodeRow.untouched(A))));
    assertThat(now().nodes(List.of(A))).isEqualTo(Map.of(A, NodeRow.untouched(A)));
  }

  @Test
  @Rule("B5")
  void manyRowsAreWrittenAndLookedUpAtOnce() {
    List<NodeRow> rows =
        LongStream.rangeClosed(1, 40_000).mapToObj(n -> NodeRow.untouched(node(n))).toList();
    write(transaction -> transaction.putNodes(rows));

    List<NodeId> ids = LongStream.rangeClosed(100, 50_000).mapToObj(Samples::node).toList();
    assertThat(now().nodes(ids)).hasSize(39_901);
    assertThat(now().nodes(List.of())).isEmpty();
  }

  @Test
  @Rule("B4")
  void removedRowsAreAbsent() {
    write(transaction -> transaction.putNodes(List.of(placed(A, B, OrderKey.EMPTY))));
    write(transaction -> transaction.removeNodes(List.of(A, node(99))));

    assertThat(now().nodes(List.of(A))).isEmpty();
    assertThat(now().children(B, null, 9)).isEmpty();
  }

  @Test
  @Rule("B5")
  void chainsReachTheRootAndHoldEachRowOnce() {
    NodeRow root = NodeRow.untouched(NodeId.ROOT).asInner();
    NodeRow top = placed(node(1), NodeId.ROOT, OrderKey.EMPTY);
    NodeRow left = placed(node(2), node(1), OrderKey.EMPTY);
    NodeRow right = placed(node(3), node(1), OrderKey.EMPTY);
    NodeRow elsewhere = placed(node(4), NodeId.ROOT, OrderKey.EMPTY);
    write(transaction -> transaction.putNodes(List.of(root, top, left, right, elsewhere)));

    assertThat(now().chains(List.of(node(2), node(3))).values())
        .containsExactlyInAnyOrder(root, top, left, right);
    assertThat(now().chains(List.of())).isEmpty();
  }

  @Test
  @Rule("B5")
  void chainsEndAtNodesWithoutPlacementOrRow() {
    NodeRow unplaced = NodeRow.untouched(node(1)).asInner();
    NodeRow below = placed(node(2), node(1), OrderKey.EMPTY);
    NodeRow orphan = placed(node(3), node(88), OrderKey.EMPTY);
    write(transaction -> transaction.putNodes(List.of(unplaced, below, orphan)));

    assertThat(now().chains(List.of(node(2), node(3), node(77))).values())
        .containsExactlyInAnyOrder(unplaced, below, orphan);
  }

  @Test
  @Rule("B5")
  void chainsEndEvenInACycleOfDamagedRows() {
    NodeRow a = placed(A, B, OrderKey.EMPTY);
    NodeRow b = placed(B, A, OrderKey.EMPTY);
    write(transaction -> transaction.putNodes(List.of(a, b)));

    assertThat(now().chains(List.of(A))).isEqualTo(Map.of(A, a, B, b));
  }

  @Test
  @Rule("B5")
  void chainsMayBeLong() {
    List<NodeRow> rows =
        LongStream.rangeClosed(1, 3_000)
            .mapToObj(n -> placed(node(n), node(n - 1), OrderKey.EMPTY))
            .toList();
    write(transaction -> transaction.putNodes(rows));

    assertThat(now().chains(List.of(node(3_000)))).hasSize(3_000);
  }

  @Test
  @Rule("B4")
  void whatDeletesCoverComesBackAsItWas() {
    KnownOperations.Builder many = KnownOperations.builder().add(Samples.LAST, 3, 5);
    LongStream.rangeClosed(1, 2_000).forEach(n -> many.add(Samples.MIDDLE, 3 * n, 3 * n + 1));
    KnownOperations one = KnownOperations.of(List.of(new OperationId(Samples.FIRST, 1)));
    write(transaction -> transaction.putDeletions(Map.of(A, one, B, KnownOperations.NONE)));
    write(transaction -> transaction.putDeletions(Map.of(B, many.build())));

    assertThat(now().deletions(List.of(A, B, node(3)))).isEqualTo(Map.of(A, one, B, many.build()));
  }

  @Test
  @Rule("R9")
  void theTreeIsRemovedInBoundedSteps() {
    write(
        transaction -> {
          transaction.appendLog(List.of(Samples.logged(1, 0, 1)));
          transaction.putNodes(
              Stream.of(1, 2, 3, 4).map(n -> placed(node(n), B, OrderKey.EMPTY)).toList());
          transaction.putDeletions(Map.of(A, KnownOperations.NONE, B, KnownOperations.NONE));
          transaction.putStructural(
              List.of(
                  StructuralSamples.entry(A, 1, true),
                  StructuralSamples.entry(A, 2, true),
                  StructuralSamples.entry(B, 3, false)));
        });
    List<Integer> steps = new ArrayList<>();
    write(
        transaction -> {
          do {
            steps.add(transaction.removeTree(4));
          } while (steps.get(steps.size() - 1) == 4);
        });

    assertThat(steps).containsExactly(4, 4, 1);
    assertThat(now().nodesAfter(null, 9)).isEmpty();
    assertThat(now().children(B, null, 9)).isEmpty();
    assertThat(now().deletions(List.of(A, B))).isEmpty();
    assertThat(Histories.structural(now(), List.of(A, B))).isEmpty();
    assertThat(now().innerOperations(key(1), key(9), 9)).isEmpty();
    assertThat(now().operations(List.of(key(1).id()))).hasSize(1);
  }
}

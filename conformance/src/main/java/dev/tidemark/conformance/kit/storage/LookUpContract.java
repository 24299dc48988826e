package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.FIRST;
import static dev.tidemark.conformance.kit.Samples.LAST;
import static dev.tidemark.conformance.kit.Samples.MIDDLE;
import static dev.tidemark.conformance.kit.Samples.OTHER;
import static dev.tidemark.conformance.kit.Samples.key;
import static dev.tidemark.conformance.kit.Samples.logged;
import static dev.tidemark.conformance.kit.Samples.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.ParentRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looking operations of the log up: where they stand, and which of them are of a node. */
public abstract class LookUpContract extends StorageContract {
  private static final NodeId A = node(1);
  private static final NodeId B = new NodeId(-1, 1);

  /** For subclasses. */
  protected LookUpContract() {}

  @Test
  @Rule({"B4", "B5"})
  void operationsStandWhereTheyWereAppended() {
    OperationId first = new OperationId(FIRST, 256);
    OperationId middle = new OperationId(MIDDLE, 256);
    OperationId last = new OperationId(LAST, 1);
    write(
        transaction ->
            transaction.appendLog(
                List.of(logged(1, 0, clear(first, A)), logged(1, 1, clear(last, A)))));
    write(transaction -> transaction.appendLog(List.of(logged(7, 0, clear(middle, B)))));

    assertThat(now().positions(List.of(last, middle, first, new OperationId(LAST, 2))))
        .isEqualTo(
            Map.of(
                first, new Position(1, 0), last, new Position(1, 1), middle, new Position(7, 0)));
    assertThat(now().positions(List.of())).isEmpty();
    assertThat(now(OTHER).positions(List.of(first))).isEmpty();
  }

  @Test
  @Rule({"B5", "C6"})
  void positionsMayHaveGapsAndAVersionMayComeInParts() {
    LoggedOperation a = logged(1, 3, 1);
    LoggedOperation b = logged(1, 4, 2);
    LoggedOperation c = logged(1, 5, 3);
    LoggedOperation d = logged(1, 9, 4);
    LoggedOperation e = logged(4, 0, 5);
    LoggedOperation f = logged(4, 1, 6);
    LoggedOperation other = logged(1, 0, 1);
    write(
        transaction -> {
          transaction.appendLog(List.of(a, b));
          transaction.appendLog(List.of(c, d));
        });
    write(OTHER, transaction -> transaction.appendLog(List.of(other)));
    write(transaction -> transaction.appendLog(List.of(e)));
    write(OTHER, transaction -> transaction.appendLog(List.of(logged(1, 1, 2))));
    write(transaction -> transaction.appendLog(List.of(f)));

    List<LoggedOperation> all = List.of(a, b, c, d, e, f);
    assertThat(scan(Position.START)).isEqualTo(all);
    assertThat(scan(new Position(1, 4))).isEqualTo(all.subList(1, 6));
    assertThat(scan(new Position(1, 6))).isEqualTo(all.subList(3, 6));
    assertThat(scan(new Position(1, 10))).isEqualTo(all.subList(4, 6));
    assertThat(scan(new Position(4, 1))).isEqualTo(all.subList(5, 6));
    assertThat(scan(new Position(4, 2))).isEmpty();
    for (LoggedOperation logged : all) {
      OperationId id = logged.operation().id();
      assertThat(now().positions(List.of(id))).isEqualTo(Map.of(id, logged.position()));
      assertThat(now().operations(List.of(id))).isEqualTo(Map.of(id, logged));
    }
    write(
        transaction ->
            transaction.putParentRows(
                all.stream().map(logged -> new ParentRow(A, logged.position())).toList()));
    assertThat(now().parentRowsAfter(new ParentRow(A, new Position(1, 6)), 9))
        .extracting(ParentRow::position)
        .containsExactly(d.position(), e.position(), f.position());
    assertThat(now(OTHER).parentRowsAfter(null, 9)).isEmpty();
  }

  private List<LoggedOperation> scan(Position from) {
    List<LoggedOperation> visited = new ArrayList<>();
    now().scanLog(from, Long.MAX_VALUE, visited::add);
    return visited;
  }

  @Test
  @Rule("B5")
  void manyPositionsAreLookedUpAtOnce() {
    List<LoggedOperation> log = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      log.add(logged(1 + n / 1000, n % 1000, n + 1));
    }
    write(transaction -> transaction.appendLog(log));

    Map<OperationId, Position> found =
        now()
            .positions(
                LongStream.rangeClosed(1, 40_000)
                    .mapToObj(n -> new OperationId(FIRST, n))
                    .toList());
    assertThat(found).hasSize(20_000);
    assertThat(log).allMatch(l -> l.position().equals(found.get(l.operation().id())));
  }

  @Test
  @Rule({"R3", "B4"})
  void contentOperationsAreThePayloadWritesAndDeletesOfANode() {
    Payload large = Payload.reference(5_000_000, PayloadDigest.ofContent(new byte[] {1}));
    write(
        transaction ->
            transaction.appendLog(
                List.of(
                    logged(1, 0, insert(id(1), A, B, Payload.of("x"))),
                    logged(1, 1, clear(id(2), A)),
                    logged(1, 2, new Operation.SetPayload(id(3), 256, A, Payload.of("y"))),
                    logged(1, 3, new Operation.SetPayload(id(4), 4, B, large)))));
    write(
        transaction ->
            transaction.appendLog(
                List.of(
                    logged(2, 0, new Operation.Delete(id(5), 1, A, KnownOperations.NONE)),
                    logged(2, 1, new Operation.Move(id(6), 6, A, B, OrderKey.EMPTY)),
                    logged(2, 2, clear(id(7), NodeId.ROOT)),
                    logged(2, 3, insert(id(8), node(8), A, null)))));

    List<NodeId> nodes = List.of(A, B, NodeId.ROOT, node(8), node(77));
    assertThat(Histories.content(now(), nodes))
        .isEqualTo(
            Map.of(
                A,
                List.of(key(1, FIRST, 5), key(2, FIRST, 2), key(256, FIRST, 3)),
                B,
                List.of(key(4, FIRST, 4)),
                NodeId.ROOT,
                List.of(key(7, FIRST, 7))));
    assertThat(Histories.content(now(), List.of())).isEmpty();
    assertThat(Histories.content(now(OTHER), nodes)).isEmpty();
  }

  @Test
  @Rule({"R3", "B4"})
  void partsOfContentLeaveTheirBoundsOutAndKeepTheirLimit() {
    List<CanonicalKey> keys = StructuralIndexContract.keys();
    List<LoggedOperation> log = new ArrayList<>();
    // The last come first, so that neither positions nor numbers of replicas are in their order.
    for (int n = keys.size() - 1; n >= 0; n--) {
      CanonicalKey key = keys.get(n);
      log.add(logged(1, log.size(), new Operation.SetPayload(key.id(), key.lamport(), A, null)));
    }
    write(transaction -> transaction.appendLog(log));

    for (HistoryRange range : StructuralIndexContract.ranges(A)) {
      List<CanonicalKey> part = keys.stream().filter(range::contains).toList();
      HistoryRange none = new HistoryRange(B, range.after(), range.before());
      for (int limit : List.of(1, 3, 99)) {
        assertThat(now().contentOperations(List.of(none, range), limit))
            .as("R3: the first %s of %s", limit, range)
            .isEqualTo(
                part.isEmpty() ? Map.of() : Map.of(range, part.stream().limit(limit).toList()));
      }
    }
  }

  @Test
  @Rule("B5")
  void contentOperationsOfManyNodesAreReadAtOnce() {
    List<LoggedOperation> log = new ArrayList<>();
    for (int n = 0; n < 20_000; n++) {
      log.add(logged(1, n, clear(id(n + 1), node(n / 2))));
    }
    write(transaction -> transaction.appendLog(log));

    assertThat(
            Histories.content(now(), LongStream.range(0, 40_000).mapToObj(n -> node(n)).toList()))
        .hasSize(10_000)
        .allSatisfy((node, keys) -> assertThat(keys).hasSize(2));
  }

  private static OperationId id(long counter) {
    return new OperationId(FIRST, counter);
  }

  private static Operation clear(OperationId id, NodeId node) {
    return new Operation.SetPayload(id, id.counter(), node, null);
  }

  private static Operation insert(
      OperationId id, NodeId node, NodeId parent, @Nullable Payload payload) {
    return new Operation.Insert(id, id.counter(), node, parent, OrderKey.EMPTY, payload);
  }
}

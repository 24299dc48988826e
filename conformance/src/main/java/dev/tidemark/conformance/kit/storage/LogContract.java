package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.FIRST;
import static dev.tidemark.conformance.kit.Samples.LAST;
import static dev.tidemark.conformance.kit.Samples.MIDDLE;
import static dev.tidemark.conformance.kit.Samples.content;
import static dev.tidemark.conformance.kit.Samples.logged;
import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.Samples.orderKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The log: rows by position and by id. */
public abstract class LogContract extends StorageContract {
  private static final NodeId NODE = new NodeId(-1, -1);

  /** For subclasses. */
  protected LogContract() {}

  @Test
  @Rule({"B4", "C2"})
  void operationsOfEveryKindComeBackAsTheyWere() {
    Payload large = Payload.reference(5_000_000_000L, PayloadDigest.ofContent(new byte[] {1}));
    Payload small = Payload.of(content(16 * 1024));
    KnownOperations known =
        KnownOperations.builder().add(LAST, 1, 3).add(FIRST, 7, Limits.MAX_COUNT).build();
    List<Operation> operations =
        List.of(
            new Operation.Insert(id(1), 1, NODE, NodeId.ROOT, OrderKey.EMPTY, null),
            new Operation.Insert(id(2), 2, NODE, node(1), orderKey(0, 255, 0), Payload.of("")),
            new Operation.Insert(id(3), 3, NODE, node(1), orderKey(255), small),
            new Operation.Insert(id(4), 4, NODE, node(1), orderKey(1), large),
            new Operation.Move(id(5), 5, NODE, NodeId.ROOT, OrderKey.of(new byte[1024])),
            new Operation.SetPayload(id(6), 6, NodeId.ROOT, small),
            new Operation.SetPayload(id(7), 7, NODE, Payload.of("")),
            new Operation.SetPayload(id(8), 8, NODE, null),
            new Operation.Delete(id(9), 9, NODE, KnownOperations.NONE),
            new Operation.Delete(id(10), 10, NODE, known));
    List<LoggedOperation> rows = new ArrayList<>();
    for (Operation operation : operations) {
      rows.add(logged(1, rows.size(), operation));
    }
    write(transaction -> transaction.appendLog(rows));

    List<LoggedOperation> scanned = scan(Position.START, 1);
    assertThat(scanned).isEqualTo(rows);
    assertThat(scanned.stream().map(LogContract::isInline))
        .isEqualTo(rows.stream().map(LogContract::isInline).toList());
    assertThat(inlineBytes(scanned.get(2))).isEqualTo(small.toByteArray());
    List<OperationId> ids = operations.stream().map(Operation::id).toList();
    assertThat(now().operations(ids).values()).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  @Rule("B4")
  void numbersKeepAllTheirBits() {
    long most = Limits.MAX_COUNT;
    LoggedOperation row =
        logged(
            Long.MAX_VALUE - 1,
            Integer.MAX_VALUE,
            new Operation.SetPayload(
                new OperationId(LAST, most), most, new NodeId(Long.MIN_VALUE, 1), null));
    write(transaction -> transaction.appendLog(List.of(row)));

    assertThat(scan(row.position(), Long.MAX_VALUE)).containsExactly(row);
    assertThat(now().lastCounters(List.of(LAST))).isEqualTo(Map.of(LAST, most));
  }

  @Test
  @Rule({"C6", "C13"})
  void aScanStartsAtItsPositionWhetherAnOperationStandsThereOrNot() {
    LoggedOperation a = logged(1, 0, 1);
    LoggedOperation b = logged(1, 1, 2);
    LoggedOperation c = logged(3, 0, 3);
    write(transaction -> transaction.appendLog(List.of(a, b)));
    write(transaction -> transaction.appendLog(List.of(c)));

    assertThat(scan(Position.START, 9)).containsExactly(a, b, c);
    assertThat(scan(new Position(1, 1), 9)).containsExactly(b, c);
    assertThat(scan(new Position(1, 2), 9)).containsExactly(c);
    assertThat(scan(new Position(2, 7), 9)).containsExactly(c);
    assertThat(scan(new Position(3, 1), 9)).isEmpty();
  }

  @Test
  @Rule("C8")
  void aScanEndsWithItsLastVersion() {
    write(
        transaction ->
            transaction.appendLog(List.of(logged(1, 0, 1), logged(2, 0, 2), logged(2, 1, 3))));

    assertThat(scan(Position.START, 0)).isEmpty();
    assertThat(scan(Position.START, 1)).containsExactly(logged(1, 0, 1));
    assertThat(scan(Position.START, 2)).hasSize(3);
  }

  @Test
  @Rule("C6")
  void aScanEndsWhenItsVisitorSaysSo() {
    write(
        transaction ->
            transaction.appendLog(
                LongStream.rangeClosed(1, 500).mapToObj(n -> logged(n, 0, n)).toList()));

    List<LoggedOperation> visited = new ArrayList<>();
    now()
        .scanLog(
            Position.START,
            500,
            row -> {
              visited.add(row);
              return visited.size() < 3;
            });
    assertThat(visited).extracting(row -> row.position().version()).containsExactly(1L, 2L, 3L);
  }

  @Test
  @Rule("B5")
  void manyIdsAreLookedUpAtOnce() {
    write(
        transaction ->
            transaction.appendLog(
                LongStream.rangeClosed(1, 1_000).mapToObj(n -> logged(1, (int) n, n)).toList()));

    // Those that are there stand at the end, where a limit on the number of keys would cut.
    List<OperationId> ids =
        LongStream.rangeClosed(500, 40_000).map(n -> 40_500 - n).mapToObj(LogContract::id).toList();
    assertThat(now().operations(ids).keySet())
        .isEqualTo(Set.copyOf(ids.subList(ids.size() - 501, ids.size())));
    assertThat(now().operations(List.of())).isEmpty();
  }

  @Test
  @Rule("B4")
  void idsOfReplicasThatArePrefixesOfEachOtherAreDifferent() {
    LoggedOperation first = logged(1, 0, write(FIRST, 1));
    LoggedOperation middle = logged(1, 1, write(MIDDLE, 1));
    write(transaction -> transaction.appendLog(List.of(first, middle)));

    OperationId absent = new OperationId(LAST, 1);
    assertThat(now().operations(List.of(middle.operation().id(), absent)))
        .isEqualTo(Map.of(middle.operation().id(), middle));
  }

  @Test
  @Rule("B4")
  void theLastCounterIsTheLargestAndNotTheLastToCome() {
    write(
        transaction ->
            transaction.appendLog(
                List.of(
                    logged(1, 0, write(LAST, 5)),
                    logged(1, 1, write(FIRST, 9)),
                    logged(1, 2, write(FIRST, 2)),
                    logged(1, 3, write(MIDDLE, 4)))));

    assertThat(now().lastCounters(List.of(FIRST, MIDDLE, LAST)))
        .isEqualTo(Map.of(FIRST, 9L, MIDDLE, 4L, LAST, 5L));
    assertThat(now().lastCounters(List.of(ReplicaId.fromHex("1000ff")))).isEmpty();
  }

  private List<LoggedOperation> scan(Position from, long throughVersion) {
    List<LoggedOperation> visited = new ArrayList<>();
    now().scanLog(from, throughVersion, visited::add);
    return visited;
  }

  private static OperationId id(long counter) {
    return new OperationId(FIRST, counter);
  }

  private static Operation write(ReplicaId replica, long counter) {
    return new Operation.SetPayload(new OperationId(replica, counter), 1, node(1), null);
  }

  private static boolean isInline(LoggedOperation row) {
    return row.operation() instanceof Operation.PayloadCarrying carrying
        && carrying.payload() != null
        && carrying.payload().isInline();
  }

  private static byte[] inlineBytes(LoggedOperation row) {
    Payload payload = ((Operation.PayloadCarrying) row.operation()).payload();
    return payload == null ? new byte[0] : payload.toByteArray();
  }
}

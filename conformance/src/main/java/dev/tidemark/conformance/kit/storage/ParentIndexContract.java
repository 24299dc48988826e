package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.OTHER;
import static dev.tidemark.conformance.kit.Samples.content;
import static dev.tidemark.conformance.kit.Samples.logged;
import static dev.tidemark.conformance.kit.Samples.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parent index: the operations that shaped the children of a node, by position. */
public abstract class ParentIndexContract extends StorageContract {
  private static final NodeId A = node(1);

  /** Negative as a signed number, and so the last of the three. */
  private static final NodeId B = new NodeId(-1, -1);

  /** Six operations in three versions. */
  private static final List<LoggedOperation> LOG =
      List.of(
          logged(1, 0, 1),
          logged(1, 1, 2),
          logged(2, 0, 3),
          logged(2, 1, 4),
          logged(2, 2, 5),
          logged(300, 0, 6));

  /** For subclasses. */
  protected ParentIndexContract() {}

  @Test
  @Rule({"B4", "B5"})
  void operationsOfAParentComeInPositionOrder() {
    write(
        transaction -> {
          transaction.appendLog(LOG);
          transaction.putParentRows(List.of(row(A, 5), row(A, 0), row(B, 1), row(A, 3)));
          transaction.putParentRows(List.of(row(A, 2), row(NodeId.ROOT, 4)));
        });

    assertThat(scan(A, Position.START)).isEqualTo(List.of(at(0), at(2), at(3), at(5)));
    assertThat(scan(B, Position.START)).isEqualTo(List.of(at(1)));
    assertThat(scan(NodeId.ROOT, Position.START)).isEqualTo(List.of(at(4)));
    assertThat(scan(node(77), Position.START)).isEmpty();
  }

  @Test
  @Rule("B5")
  void aScanMayStartAnywhere() {
    write(
        transaction -> {
          transaction.appendLog(LOG);
          transaction.putParentRows(Stream.of(0, 1, 3, 4, 5).map(n -> row(A, n)).toList());
          transaction.putParentRows(List.of(row(B, 2)));
        });

    assertThat(scan(A, new Position(1, 1))).isEqualTo(List.of(at(1), at(3), at(4), at(5)));
    assertThat(scan(A, new Position(1, 2))).isEqualTo(List.of(at(3), at(4), at(5)));
    assertThat(scan(A, new Position(2, 0))).isEqualTo(List.of(at(3), at(4), at(5)));
    assertThat(scan(A, new Position(2, 2))).isEqualTo(List.of(at(4), at(5)));
    assertThat(scan(A, new Position(299, 7))).isEqualTo(List.of(at(5)));
    assertThat(scan(A, new Position(300, 1))).isEmpty();
    assertThat(scan(B, new Position(1000, 0))).isEmpty();
  }

  @Test
  @Rule("B5")
  void aScanEndsWhereTheVisitorSaysSo() {
    write(
        transaction -> {
          transaction.appendLog(LOG);
          transaction.putParentRows(Stream.of(0, 1, 2, 3, 4, 5).map(n -> row(A, n)).toList());
        });

    for (int most = 1; most <= LOG.size(); most++) {
      int limit = most;
      List<LoggedOperation> visited = new ArrayList<>();
      now()
          .scanParent(
              A,
              Position.START,
              operation -> {
                visited.add(operation);
                return visited.size() < limit;
              });
      assertThat(visited).isEqualTo(LOG.subList(0, most));
    }
  }

  @Test
  @Rule("B4")
  void operationsComeAsAScanOfTheLogHandsThemOver() {
    Payload large = Payload.reference(5_000_000, PayloadDigest.ofContent(new byte[] {1}));
    List<LoggedOperation> log = new ArrayList<>();
    for (Payload payload : List.of(Payload.of(content(16 * 1024)), Payload.of(""), large)) {
      OperationId id = new OperationId(Samples.FIRST, log.size() + 1);
      log.add(
          logged(
              1, log.size(), new Operation.Insert(id, 1, A, NodeId.ROOT, OrderKey.EMPTY, payload)));
    }
    write(
        transaction -> {
          transaction.appendLog(log);
          transaction.putParentRows(
              log.stream().map(l -> new ParentRow(NodeId.ROOT, l.position())).toList());
        });

    List<LoggedOperation> scanned = scan(NodeId.ROOT, Position.START);
    assertThat(scanned).isEqualTo(log);
    assertThat(scanned.stream().map(ParentIndexContract::isInline))
        .containsExactly(true, true, false);
  }

  @Test
  @Rule("R9")
  void allEntriesAreListedInTheirOrder() {
    List<ParentRow> rows =
        List.of(row(NodeId.ROOT, 1), row(A, 0), row(A, 2), row(A, 5), row(B, 1), row(B, 3));
    assertThat(rows).isSorted();
    write(
        transaction -> {
          transaction.appendLog(LOG);
          List<ParentRow> arrival = new ArrayList<>(rows);
          Collections.reverse(arrival);
          transaction.putParentRows(arrival);
        });

    assertThat(now().parentRowsAfter(null, 99)).isEqualTo(rows);
    for (int limit = 1; limit <= rows.size() + 1; limit++) {
      assertThat(paged(now(), limit)).as("pages of %s", limit).isEqualTo(rows);
    }
    assertThat(now().parentRowsAfter(row(A, 1), 1)).containsExactly(row(A, 2));
    assertThat(now().parentRowsAfter(new ParentRow(node(2), Position.START), 1))
        .containsExactly(row(B, 1));
  }

  @Test
  @Rule("R5")
  void anEntryThatIsThereStaysAsItIs() {
    write(
        transaction -> {
          transaction.appendLog(LOG);
          transaction.putParentRows(List.of(row(A, 1)));
          transaction.putParentRows(List.of(row(A, 0), row(A, 1)));
        });
    write(transaction -> transaction.putParentRows(List.of(row(A, 1))));

    assertThat(now().parentRowsAfter(null, 9)).containsExactly(row(A, 0), row(A, 1));
  }

  @Test
  @Rule("R5")
  void entriesAreRemovedAndThoseThatAreNotThereArePassedOver() {
    write(
        transaction -> {
          transaction.appendLog(LOG);
          transaction.putParentRows(List.of(row(A, 0), row(A, 1), row(B, 1), row(A, 2)));
          transaction.removeParentRows(List.of(row(A, 2), row(B, 2)));
          transaction.removeParentRows(List.of());
        });
    write(
        transaction ->
            transaction.removeParentRows(
                List.of(row(A, 1), row(node(77), 1), row(NodeId.ROOT, 0))));

    assertThat(now().parentRowsAfter(null, 9)).containsExactly(row(A, 0), row(B, 1));
    assertThat(scan(A, Position.START)).containsExactly(at(0));
  }

  @Test
  @Rule("B8")
  void documentsHaveParentIndexesOfTheirOwn() {
    for (DocumentId document : List.of(Samples.NOTES, OTHER)) {
      write(document, transaction -> transaction.appendLog(LOG));
    }
    write(transaction -> transaction.putParentRows(List.of(row(A, 0), row(A, 1))));
    write(OTHER, transaction -> transaction.putParentRows(List.of(row(A, 1), row(A, 2))));
    write(OTHER, transaction -> transaction.removeParentRows(List.of(row(A, 0), row(A, 1))));

    assertThat(scan(A, Position.START)).containsExactly(at(0), at(1));
    assertThat(now().parentRowsAfter(null, 9)).containsExactly(row(A, 0), row(A, 1));
    assertThat(now(OTHER).parentRowsAfter(null, 9)).containsExactly(row(A, 2));
    assertThat(now(DocumentId.of("none")).parentRowsAfter(null, 9)).isEmpty();
  }

  @Test
  @Rule("R9")
  void removingTheTreeRemovesTheParentIndexAndNothingOfTheLog() {
    write(
        transaction -> {
          transaction.appendLog(LOG);
          transaction.putParentRows(Stream.of(0, 1, 2, 3, 4, 5).map(n -> row(A, n)).toList());
        });
    List<Integer> steps = new ArrayList<>();
    write(
        transaction -> {
          do {
            steps.add(transaction.removeTree(4));
          } while (steps.get(steps.size() - 1) == 4);
        });

    assertThat(steps).containsExactly(4, 2);
    assertThat(now().parentRowsAfter(null, 9)).isEmpty();
    assertThat(scan(A, Position.START)).isEmpty();
    assertThat(now().operations(List.of(at(0).operation().id()))).hasSize(1);
  }

  @Test
  @Rule("B5")
  void manyEntriesAreWrittenAndRemovedAtOnce() {
    List<LoggedOperation> log =
        LongStream.range(0, 20_000).mapToObj(n -> logged(1, (int) n, n + 1)).toList();
    List<ParentRow> rows =
        log.stream()
            .map(l -> new ParentRow(node(l.position().sequence() % 3), l.position()))
            .toList();
    write(
        transaction -> {
          transaction.appendLog(log);
          transaction.putParentRows(rows);
          transaction.removeParentRows(rows.subList(0, 9_999));
        });

    assertThat(paged(now(), 500)).containsExactlyInAnyOrderElementsOf(rows.subList(9_999, 20_000));
    assertThat(scan(node(1), new Position(1, 19_990)))
        .extracting(l -> l.position().sequence())
        .containsExactly(19_990, 19_993, 19_996, 19_999);
  }

  private static List<ParentRow> paged(ReadTransaction transaction, int limit) {
    List<ParentRow> all = new ArrayList<>();
    @Nullable ParentRow after = null;
    List<ParentRow> page;
    do {
      page = transaction.parentRowsAfter(after, limit);
      all.addAll(page);
      after = page.isEmpty() ? null : page.get(page.size() - 1);
    } while (after != null);
    return all;
  }

  private List<LoggedOperation> scan(NodeId parent, Position from) {
    List<LoggedOperation> visited = new ArrayList<>();
    now().scanParent(parent, from, visited::add);
    return visited;
  }

  private static LoggedOperation at(int index) {
    return LOG.get(index);
  }

  private static ParentRow row(NodeId parent, int index) {
    return new ParentRow(parent, at(index).position());
  }

  private static boolean isInline(LoggedOperation logged) {
    Payload payload = ((Operation.PayloadCarrying) logged.operation()).payload();
    return payload != null && payload.isInline();
  }
}

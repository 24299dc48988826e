package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Position;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.OperationsPage;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.TreeSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which operations shaped the children of a node, by examples that can be followed. */
public abstract class OperationsForContract extends EngineContract {
  /** Nodes 1 and 2 are folders, 3 and 4 are in 1; 3 moves to 2, is written there, 4 is deleted. */
  private static final List<Operation> LOG =
      operations(
          "#1 1>ROOT, #2 2>ROOT, #3 3>1, #4 4>1, #10 3>2, #12 write 3 text,"
              + " #14 delete 4 knowing nothing");

  private static final NodeId ONE = LOG.get(0).node();
  private static final NodeId TWO = LOG.get(1).node();

  /** For subclasses. */
  protected OperationsForContract() {}

  @Test
  @Rule("R13")
  void anOperationBelongsToTheParentBeforeItAndTheOneAfterIt() {
    Document document = newDocument();
    document.append(LOG);

    assertThat(timesOf(document, NodeId.ROOT)).containsExactly(1L, 2L);
    assertThat(timesOf(document, ONE)).containsExactly(3L, 4L, 10L, 14L);
    assertThat(timesOf(document, TWO)).containsExactly(10L, 12L);
    assertThat(timesOf(document, LOG.get(2).node())).isEmpty();
    assertThat(timesOf(document, new NodeId(7, 7))).isEmpty();
  }

  @Test
  @Rule({"R13", "R3"})
  void aLateMoveTakesWhatFollowsWithIt() {
    Document document = newDocument();
    document.append(LOG);
    document.append(operations("#11 3>ROOT"));

    assertThat(timesOf(document, NodeId.ROOT))
        .as("R13: the times")
        .containsExactly(1L, 2L, 12L, 11L);
    assertThat(timesOf(document, TWO)).as("R13: the times").containsExactly(10L, 11L);
    document.append(operations("#5 3>ROOT"));
    assertThat(timesOf(document, NodeId.ROOT))
        .as("R13: the times")
        .containsExactly(1L, 2L, 10L, 12L, 11L, 5L);
    assertThat(timesOf(document, ONE)).as("R13: the times").containsExactly(3L, 4L, 14L, 5L);
  }

  @Test
  @Rule("R13")
  void aMoveThatIsSkippedBelongsToWhereTheNodeStays() {
    Document document = newDocument();
    document.append(operations("#1 1>ROOT, #2 2>ROOT, #6 2>1"));
    assertThat(timesOf(document, ONE)).containsExactly(6L);

    document.append(operations("#5 1>2"));
    assertThat(timesOf(document, NodeId.ROOT)).containsExactly(1L, 2L, 6L, 5L);
    assertThat(timesOf(document, ONE)).isEmpty();
    assertThat(timesOf(document, TWO)).containsExactly(5L);
  }

  @Test
  @Rule({"R13", "R7"})
  void whatTheTreeDoesNotReflectBelongsToNothingYet() {
    Document document = newDocument();
    document.append(LOG.subList(0, 4));
    document.append(LOG.subList(4, 7), CatchUpPolicy.deferred());

    try (TreeSnapshot snapshot = document.snapshot(ReadMode.AS_IS)) {
      assertThat(snapshot.operationsFor(ONE, Position.START, 9).operations()).hasSize(2);
      assertThat(snapshot.operationsFor(TWO, Position.START, 9).operations()).isEmpty();
    }
    assertThat(timesOf(document, TWO)).containsExactly(10L, 12L);
  }

  @Test
  @Rule("R13")
  void pagesStartAtAnyPositionAndSayWhereTheNextOneDoes() {
    Document document = newDocument();
    document.append(LOG);

    OperationsPage page = document.operationsFor(ONE, Position.START, 3);
    assertThat(page.operations()).hasSize(3);
    assertThat(page.next()).isEqualTo(new Position(1, 6));
    OperationsPage last = document.operationsFor(ONE, new Position(1, 5), 1);
    assertThat(last.operations()).singleElement().extracting("operation").isEqualTo(LOG.get(6));
    assertThat(last.next()).isNull();
    assertThat(document.operationsFor(ONE, Position.START, 4).next()).isNull();
    assertThat(document.operationsFor(ONE, Position.START, Integer.MAX_VALUE).next()).isNull();
  }

  @Test
  @Rule("R13")
  void aPageOfNothingCannotBeAskedFor() {
    Document document = newDocument();
    for (int limit : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatExceptionOfType(TidemarkException.class)
          .isThrownBy(() -> document.operationsFor(ONE, Position.START, limit))
          .extracting(TidemarkException::code)
          .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }
    assertThat(document.operationsFor(ONE, Position.START, 1).operations()).isEmpty();
  }

  private static List<Operation> operations(String batch) {
    return History.parse("{" + batch + "}", Ranks.LAMPORT).operations();
  }

  /** The numbers of the operations as the notation has them, in position order. */
  private static List<Long> timesOf(Document document, NodeId parent) {
    return document.operationsFor(parent, Position.START, 99).operations().stream()
        .map(logged -> logged.operation().lamport() - 1)
        .toList();
  }
}

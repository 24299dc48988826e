package dev.tidemark.conformance.kit.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Operation;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What late operations cost on a node that was written and moved very often: what they change, and
 * not what the node has been through.
 */
public abstract class LongHistoryContract extends EngineContract {
  private static final int[] SIZES = {100, 1_000, 20_000};

  /** No call may read or write more than that, however much there is to do. */
  private static final int MOST_AT_ONCE = 10_000;

  private final StorageCalls calls = new StorageCalls();

  /** For subclasses. */
  protected LongHistoryContract() {}

  @Test
  @Rule({"R3", "R13"})
  void lateOperationsReadNothingOfALongHistoryBeyondWhatTheyChange() {
    Map<String, Function<LongHistory, List<Operation>>> works = new TreeMap<>();
    works.put("a write that loses", LongHistory::writeThatLoses);
    works.put("a write that wins", LongHistory::writeThatWins);
    works.put("many writes that lose", LongHistory::manyWrites);
    works.put("a move that a later one ends", LongHistory::shortMove);
    works.put("two such moves and a write between", LongHistory::movesAndWrite);
    works.put("a move to where it is already", LongHistory::idleMove);
    works.put("a delete", LongHistory::delete);
    works.put("a late move of the folder", LongHistory::folderMove);
    Map<String, Map<Integer, String>> costs = new TreeMap<>();
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      for (int size : SIZES) {
        Document document = observed.document("history of " + size);
        LongHistory history = LongHistory.append(document, size);
        works.forEach(
            (work, operations) -> {
              List<Operation> late = operations.apply(history);
              calls.reset();
              AppendResult result = document.append(late);
              assertThat(result.late()).as(work).isEqualTo(late.size());
              assertThat(calls.logRowsRead()).as("%s: %s", work, calls).isLessThan(50);
              costs
                  .computeIfAbsent(work, w -> new TreeMap<>())
                  .put(size, calls.toString() + " " + result.catchUp().visited());
            });
        assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      }
    }
    costs.forEach(
        (work, bySize) ->
            assertThat(new TreeSet<>(bySize.values()))
                .as("R3: calls and rows of %s by length of the history: %s", work, bySize)
                .hasSize(1));
  }

  @Test
  @Rule({"R12", "R13"})
  void whatChangesAllOfALongHistoryIsReadInPagesAndCounted() {
    int size = 2 * MOST_AT_ONCE;
    try (Tidemark observed = openWith(new ObservedProvider(backend().provider(), calls))) {
      Document document = observed.document("all of it");
      LongHistory history = LongHistory.append(document, size);
      // Under another parent than all the writes of this node were, which nothing places later.
      List<Operation> move = history.earlyMove();
      calls.reset();
      AppendResult limited = document.append(move, CatchUpPolicy.immediateUpTo(size / 2));
      assertThat(limited.frontier()).as("R12: %s", calls).isNotEmpty();
      assertThat(calls.treeRowsWritten()).as("R12: %s", calls).isZero();

      calls.reset();
      assertThat(document.ensureMaterialized().visited()).isEqualTo(history.writesOfEarlyMoved());
      assertThat(calls.rows("putParentRows")).isGreaterThanOrEqualTo(history.writesOfEarlyMoved());
      // A node of many moves gets its first child: all its entries go into the inner index.
      document.append(history.firstChild());
      assertThat(calls.rows("putStructural")).isGreaterThan(size / 11);
      for (String method :
          List.of(
              "contentOperations",
              "structuralOperations",
              "positions",
              "putParentRows",
              "removeParentRows",
              "putStructural")) {
        assertThat(calls.mostRows(method)).as("R13: %s", method).isLessThanOrEqualTo(MOST_AT_ONCE);
      }
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    }
  }
}

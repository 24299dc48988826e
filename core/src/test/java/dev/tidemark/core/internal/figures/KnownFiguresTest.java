package dev.tidemark.core.internal.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.ReplicaId;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a store knows in passing: in any order of sight, within bounds, and never a made-up 0. */
class KnownFiguresTest {
  private static final DocumentId NOTES = DocumentId.of("notes");
  private static final DocumentId PLANS = DocumentId.of("plans");

  private final AtomicLong now = new AtomicLong();
  private final KnownFigures figures = new KnownFigures(now::get);

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(figures.pendingOperations()).isEmpty();
    assertThat(figures.documentsBehind()).isEmpty();
    assertThat(figures.oldestFrontierNanos()).isEmpty();
    assertThat(figures.stagedPayloads()).isEmpty();
    figures.surveyed();
    assertThat(figures.pendingOperations()).hasValue(0);
    assertThat(figures.stagedPayloads()).hasValue(0);
  }

  @Test
  void pendingOperationsAddUpOverDocuments() {
    figures.observe(NOTES, 1, frontier(0, 5));
    figures.observe(PLANS, 4, frontier(3, 2));
    figures.observe(NOTES, 2, frontier(0, 6));
    assertThat(figures.pendingOperations()).hasValue(8);
    assertThat(figures.documentsBehind()).hasValue(2);
    figures.observe(NOTES, 2, null);
    assertThat(figures.pendingOperations()).hasValue(2);
    assertThat(figures.documentsBehind()).hasValue(1);
    assertThat(figures.stagedPayloads()).as("nobody looked").isEmpty();
  }

  @Test
  void aSightThatComesTooLateChangesNothing() {
    figures.surveyed();
    figures.observe(NOTES, 3, null);
    figures.observe(NOTES, 2, frontier(0, 7));
    figures.observe(NOTES, 3, frontier(2, 1));
    assertThat(figures.pendingOperations()).hasValue(0);
    figures.observe(NOTES, 5, frontier(4, 2));
    figures.observe(NOTES, 4, frontier(3, 9));
    assertThat(figures.pendingOperations()).hasValue(2);
  }

  @Test
  void theOldestFrontierIsTheOneThatStandsLongest() {
    figures.surveyed();
    figures.observe(NOTES, 1, frontier(0, 1));
    now.set(10);
    figures.observe(PLANS, 1, frontier(0, 1));
    now.set(25);
    assertThat(figures.oldestFrontierNanos()).hasValue(25);
    figures.observe(NOTES, 1, null);
    assertThat(figures.oldestFrontierNanos()).hasValue(15);
    figures.observe(PLANS, 1, null);
    assertThat(figures.oldestFrontierNanos()).hasValue(0);
  }

  @Test
  void aFrontierIsYoungAgainWhenAllThatWasPendingIsInTheTree() {
    figures.observe(NOTES, 2, frontier(0, 2));
    now.set(10);
    figures.observe(NOTES, 3, frontier(1, 2));
    assertThat(figures.oldestFrontierNanos()).as("version 2 is not in the tree yet").hasValue(10);
    now.set(20);
    figures.observe(NOTES, 4, frontier(2, 2));
    now.set(21);
    assertThat(figures.oldestFrontierNanos()).hasValue(1);
  }

  @Test
  void moreDocumentsThanAreKeptMakeALowerBound() {
    for (int number = 0; number < Backlog.MAX_BEHIND + 10; number++) {
      figures.observe(DocumentId.of("d" + number), 1, frontier(0, 1));
    }
    assertThat(figures.documentsBehind()).hasValue(Backlog.MAX_BEHIND);
    assertThat(figures.pendingOperations()).hasValue(Backlog.MAX_BEHIND);
    figures.observe(DocumentId.of("d0"), 1, null);
    figures.observe(NOTES, 1, frontier(0, 4));
    assertThat(figures.pendingOperations()).hasValue(Backlog.MAX_BEHIND + 3);
  }

  @Test
  void stagedPayloadsAreThoseOfTheLastCountOfEachDocument() {
    figures.countStaged(NOTES, () -> 2);
    figures.countStaged(PLANS, () -> 1);
    assertThat(figures.stagedPayloads()).hasValue(3);
    figures.countStaged(NOTES, () -> 1);
    assertThat(figures.stagedPayloads()).hasValue(2);
    figures.countStaged(PLANS, () -> 0);
    assertThat(figures.hasStaged(PLANS)).isFalse();
    assertThat(figures.stagedPayloads()).hasValue(1);
  }

  @Test
  void noneIsToldOnlyWhereEveryDocumentIsKnown() {
    figures.countStaged(NOTES, () -> 0);
    figures.observe(NOTES, 3, null);
    assertThat(figures.stagedPayloads()).as("others may have some").isEmpty();
    assertThat(figures.pendingOperations()).as("others may be behind").isEmpty();
    assertThat(figures.documentsBehind()).isEmpty();
    assertThat(figures.oldestFrontierNanos()).isEmpty();
    figures.surveyed();
    assertThat(figures.stagedPayloads()).hasValue(0);
    assertThat(figures.pendingOperations()).hasValue(0);
    assertThat(figures.oldestFrontierNanos()).hasValue(0);
  }

  @Test
  void aCountThatFailsLeavesWhatWasKnown() {
    figures.countStaged(NOTES, () -> 2);
    assertThatThrownBy(
            () ->
                figures.countStaged(
                    NOTES,
                    () -> {
                      throw new IllegalStateException("no storage");
                    }))
        .hasMessage("no storage");
    assertThat(figures.stagedPayloads()).hasValue(2);
  }

  private static ReplayFrontier frontier(long materialized, long pending) {
    return new ReplayFrontier(
        new CanonicalKey(1, ReplicaId.fromHex("a1"), 1), new Position(materialized, 0), pending);
  }
}

package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The histories of the design (section 8) on which rules that are nearly right go wrong, and those
 * on which an earlier system does. Wrong rules show as endless walks too, hence the time limit.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class NearMissContract extends EngineContract {
  private static final String LOOPED =
      "{A1@1 insert a/ROOT, A2@2 insert b/ROOT, A3@3 move b>a, B1@3 move a>b, A4@5 move a>ROOT}";

  /** For subclasses. */
  protected NearMissContract() {}

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{#1 2>1} + {#0 1>2}",
        "{} + {#0 1>2, #1 2>1}",
        "{#2 1>ROOT} + {#0 1>2, #1 2>1}",
        "{#1 2>ROOT} + {#0 1>ROOT, #2 2>1, #3 1>2}",
        "{#2 1>2} + {#0 1>ROOT, #1 2>1}",
        "{#1 1>ROOT} + {#0 1>ROOT, #2 2>1}",
        "{#0 1>2, #2 delete 2 knowing nothing} + {#1 1>ROOT}"
      })
  @Rule({"R1", "R4", "R10"})
  void theTreeIsThatOfTheFold(String history) {
    for (Ranks ranks : Ranks.values()) {
      run(History.parse(history, ranks));
    }
  }

  /** What a parent index would miss that looks at the batch, at heads or at flips alone. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Nobody knows the head of a tree that is behind, and it is not that of the last batch.
        "{#5 write 4 text} + deferred {#3 2>8} + {#4 4>9}",
        // An operation before the first placement belongs to nothing, until one comes before it.
        "{#4 1>ROOT, #5 write 1 last} + {#2 write 1 first} + {#1 1>2}",
        // What a node's own later move left behind it.
        "{#1 1>2, #3 write 1 text, #5 1>3, #7 delete 1 knowing nothing} + {#2 1>4} + {#6 1>5}",
        // A replay skips a move of a node that the batch does not name; its writes stay behind.
        "{#0 1>ROOT, #1 2>ROOT, #4 2>1, #6 write 2 text, #7 delete 2 knowing nothing} + {#3 1>2}",
        // And revives one.
        "{#1 1>ROOT, #2 2>1, #3 3>2, #6 1>3, #7 write 1 text} + {#5 2>ROOT}",
        // A node that becomes inner in the batch that moves it back in time.
        "{#3 1>ROOT, #4 write 1 text, #5 1>2, #6 2>ROOT} + {#1 1>9, #2 3>1}",
        // The same in one batch, with content of its own between.
        "{#3 1>ROOT, #6 2>ROOT} + {#1 1>9, #2 write 1 text, #4 1>2, #5 clear 1, #7 3>1}"
      })
  @Rule({"R1", "R3", "R4"})
  void theParentIndexIsThatOfTheFold(String history) {
    for (Ranks ranks : Ranks.values()) {
      run(History.parse(history, ranks));
    }
  }

  @ParameterizedTest
  @EnumSource
  @Rule("R1")
  void aLateMoveAwayLeavesTheDeletedParentTombstoned(Ranks ranks) {
    Document document = newDocument();
    HistoryRun run = new HistoryRun(document);
    run.run(History.parse("{#0 1>2, #2 delete 2 knowing nothing} + {#1 1>ROOT}", ranks));

    assertThat(run.tree().tombstoned()).hasSize(1);
    // Nothing of it is visible, so that only the stored rows tell.
    assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LOOPED + " + {C1@4 insert c/b}",
        LOOPED + " + {C1@4 insert c/ROOT} + {D1@5 delete b knowing A2, A3, B1, C1}",
        LOOPED + " + {C1@4 insert c/ROOT, D1@5 delete b knowing A2, A3, B1, C1}",
        LOOPED + " + {D1@5 delete b knowing A2, A3, B1, C1} + {C1@4 insert c/ROOT}"
      })
  @Rule({"R1", "R10", "R11"})
  void aSkippedMoveIsNeverRestored(String history) {
    run(History.parse(history, Ranks.LAMPORT));
  }

  @Test
  @Rule({"R1", "R10", "R11"})
  void deletesOfSeveralAuthorsCoverTogetherWhatNeitherCoversAlone() {
    History history =
        History.parse(
            "{A1@1 insert x, D1@2 insert y/x, E1@2 insert w/x, A2@3 insert z, C1@3 insert c,"
                + " A3@4 insert v, C2@4 insert u}"
                + " + {B1@3 delete x knowing A1, D1} + {C3@5 delete x knowing A1, E1}",
            Ranks.LAMPORT);
    run(history);

    HistoryRun last = new HistoryRun(newDocument());
    last.run(history);
    NodeId x = history.operations().get(0).node();
    assertThat(last.tree().node(x)).as("x must be hidden").isEmpty();
  }

  /** As it is, each operation in an append of its own, and without any lateness. */
  private void run(History history) {
    new HistoryRun(newDocument()).run(history);
    new HistoryRun(newDocument()).run(history.oneByOne());
    new HistoryRun(newDocument()).run(history.inCanonicalOrder());
  }
}

package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
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

  @ParameterizedTest
  @EnumSource
  @Rule("R1")
  void aLateMoveAwayLeavesTheDeletedParentTombstoned(Ranks ranks) {
    HistoryRun run = new HistoryRun(newDocument());
    run.run(History.parse("{#0 1>2, #2 delete 2 knowing nothing} + {#1 1>ROOT}", ranks));

    assertThat(run.tree().tombstoned()).hasSize(1);
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

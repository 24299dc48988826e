package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One small history for each part of the catch-up algorithm, and that this part did the work. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CatchUpPathContract extends EngineContract {
  /** Nodes 1 and 2 are parents; the last operation is #9. */
  private static final String LOGGED =
      "{#1 1>ROOT, #2 2>1, #3 3>2, #4 4>ROOT, #8 2>ROOT key 01, #9 1>ROOT key 02}";

  /** For subclasses. */
  protected CatchUpPathContract() {}

  @Test
  @Rule({"R1", "R2"})
  void whatComesInOrderLooksAtNothingAgain() {
    CatchUp work = lastOf(LOGGED + " + {#10 5>3, #11 1>5, #12 delete 4 knowing nothing}");

    assertThat(work.path()).as("R2: path").isEqualTo(CatchUpPath.IN_ORDER);
    assertThat(work.visited()).as("R2: visited").isZero();
    assertThat(work.operations()).isEqualTo(3);
  }

  @Test
  @Rule({"R1", "R2"})
  void whatComesInOrderMayStandInAnyOrderInItsBatch() {
    CatchUp work = lastOf(LOGGED + " + {#12 1>5, #11 5>3, #10 3>1}");

    assertThat(work.path()).as("R2: path").isEqualTo(CatchUpPath.IN_ORDER);
    assertThat(work.visited()).as("R2: visited").isZero();
  }

  @Test
  @Rule({"R1", "R3"})
  void aLateInsertWithoutChildrenCommutes() {
    CatchUp work = lastOf(LOGGED + " + {#0 5>3}");

    assertThat(work.path()).as("R3: path").isEqualTo(CatchUpPath.COMMUTING);
    assertThat(work.visited()).as("R3: visited").isZero();
  }

  @Test
  @Rule({"R1", "R3"})
  void aLateMoveOfANodeWithoutChildrenCommutes() {
    assertThat(lastOf(LOGGED + " + {#0 4>1}").path())
        .as("R3: path")
        .isEqualTo(CatchUpPath.COMMUTING);
    assertThat(lastOf(LOGGED + " + {#7 4>1}").path())
        .as("R3: path")
        .isEqualTo(CatchUpPath.COMMUTING);
  }

  @Test
  @Rule({"R1", "R3"})
  void lateWritesAndDeletesCommute() {
    String written = "{A1@1 insert 1, A2@2 insert 2/1, A3@3 write 2 new, A4@9 write 1 last}";

    assertThat(lastOf(written + " + {B1@2 write 2 old}").path())
        .as("R3: path")
        .isEqualTo(CatchUpPath.COMMUTING);
    assertThat(lastOf(written + " + {B1@4 clear 2}").path())
        .as("R3: path")
        .isEqualTo(CatchUpPath.COMMUTING);
    assertThat(lastOf(written + " + {B1@4 delete 2 knowing A2, A3}").path())
        .as("R3: path")
        .isEqualTo(CatchUpPath.COMMUTING);
  }

  @Test
  @Rule({"R1", "R3"})
  void aLateNewSubtreeLooksAtNothingThatWasThere() {
    CatchUp work = lastOf(LOGGED + " + {#5 5>3, #6 6>5, #7 7>6}");

    assertThat(work.path()).as("R3: path").isEqualTo(CatchUpPath.FRESH_SUBTREE);
    assertThat(work.visited()).as("R3: visited").isZero();
  }

  @Test
  @Rule({"R1", "R4"})
  void aLateMoveOfAParentReplaysWhatFollowsAndNothingBefore() {
    CatchUp work = lastOf(LOGGED + " + {#7 2>4}");

    assertThat(work.path()).as("R4: path").isEqualTo(CatchUpPath.REPLAYED);
    assertThat(work.visited()).as("R4: visited").isBetween(1L, 3L);
  }

  @Test
  @Rule({"R1", "R4"})
  void aReplaySkipsWhatBecameACycleAndRevivesWhatIsNoneAnyMore() {
    assertThat(lastOf("{#1 1>ROOT, #2 2>ROOT, #3 3>1, #4 4>2, #6 2>3} + {#5 1>4}").path())
        .isEqualTo(CatchUpPath.REPLAYED);
    assertThat(lastOf("{#1 1>ROOT, #2 2>1, #3 3>2, #6 1>3} + {#5 2>ROOT}").path())
        .isEqualTo(CatchUpPath.REPLAYED);
  }

  @Test
  @Rule({"A1", "R1"})
  void whatIsKnownTakesNoWorkAndNoVersion() {
    List<AppendResult> results = run(LOGGED + " + {#2 2>1, #9 1>ROOT key 02, #2 2>1}");

    AppendResult last = results.get(results.size() - 1);
    assertThat(last.version()).isEqualTo(1);
    assertThat(last.catchUp()).isEqualTo(CatchUp.NONE);
  }

  private CatchUp lastOf(String history) {
    List<AppendResult> results = run(history);
    return results.get(results.size() - 1).catchUp();
  }

  /** Under each meaning of ranks; what the last of them returned. */
  private List<AppendResult> run(String text) {
    List<AppendResult> results = List.of();
    for (Ranks ranks : Ranks.values()) {
      results = new HistoryRun(newDocument()).run(History.parse(text, ranks));
    }
    return results;
  }
}

package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.Change;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletes that are defensive: what the deleter had not seen is never lost. */
public abstract class DeletionContract extends EngineContract {
  private static final String LOGGED = "{A1@1 insert 1, A2@2 insert 2/1, A3@3 insert 3/2}";

  /** For subclasses. */
  protected DeletionContract() {}

  @Test
  @Rule({"R1", "R10"})
  void aDeleteThatKnowsAllHidesTheSubtree() {
    assertThat(lastChanges(LOGGED + " + {A4@4 delete 1 knowing A1, A2, A3}"))
        .hasSize(3)
        .allMatch(Change.Deleted.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "A1", "A1, A2", "A2, A3"})
  @Rule({"R1", "R10"})
  void aDeleteThatMissesSomethingHidesNothing(String known) {
    assertThat(lastChanges(LOGGED + " + {A4@4 delete 1 knowing " + known + "}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Late and in order: a write, a clear, a new node, a node that moves in, the node itself.
        "B1@2 write 3 seen", "B1@9 write 3 seen", "B1@9 clear 1", "B1@9 write 1 seen",
        "B1@1 insert 4/3", "B1@9 insert 4/2", "B1@9 move 5>1", "B1@9 move 1>ROOT key 01"
      })
  @Rule({"R1", "R10"})
  void anEditThatTheDeleterHadNotSeenRestores(String edit) {
    String history =
        "{A1@1 insert 1, A2@2 insert 2/1, A3@3 insert 3/2, A4@4 insert 5}"
            + " + {A5@5 delete 1 knowing A1, A2, A3} + {"
            + edit
            + "}";

    assertThat(lastChanges(history)).anyMatch(Change.Restored.class::isInstance);
  }

  @Test
  @Rule({"R1", "R10"})
  void aLateWriteBelowTheLastOneRestoresNothing() {
    assertThat(
            lastChanges(
                "{A1@1 insert 1, A2@5 write 1 new}"
                    + " + {A3@6 delete 1 knowing A1, A2} + {B1@2 write 1 old}"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{A1@1 delete 1 knowing nothing} + {A2@2 delete 1 knowing A9}",
        "{A1@1 delete 1 knowing B1} + {B1@1 insert 1} + {B2@2 insert 2/1}",
        "{A1@1 delete 1 knowing B1, B2} + {B2@2 insert 2/1} + {B1@1 insert 1}",
        "{A1@1 write 1 text} + {A2@2 delete 1 knowing nothing} + {B1@1 insert 1}",
        "{A1@1 write 1 text, A2@2 delete 1 knowing A1} + {B1@1 insert 1}",
        "{A1@1 clear 1} + {A2@2 insert 1}",
        "{A1@1 write ROOT text} + {A2@2 clear ROOT} + {B1@1 write ROOT old}"
      })
  @Rule({"A2", "R1", "R10"})
  void deletesAndWritesMayComeBeforeTheNode(String history) {
    run(history);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{A1@1 insert 2/1, A2@2 insert 3/2} + {B1@1 insert 1}",
        "{A1@1 insert 2/9, A2@2 insert 3/2} + {A3@3 move 2>ROOT}",
        "{A1@1 insert 1, A2@2 insert 2/1} + {A3@3 move 1>9} + {A4@4 move 2>ROOT}",
        "{A1@1 insert 2/9} + {A2@2 delete 9 knowing A1} + {A3@3 insert 9}",
        "{A1@1 insert 2/9} + {A2@2 delete 9 knowing nothing} + {A3@3 move 2>ROOT}"
      })
  @Rule({"A2", "R1", "R10"})
  void aParentMayNeverCome(String history) {
    run(history);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{A1@1 insert 1 key 05, B1@1 insert 2 key 05, C1@1 insert 3 key 05, A2@2 insert 4 key 04}",
        "{C1@1 insert 9, B1@1 insert 8} + {A1@1 insert 7} + {A2@2 move 8>ROOT key 00}",
        "{A1@1 insert 1 key ff, A2@2 insert 2 key 7f, A3@3 insert 3 key ff00, A4@4 insert 4}"
      })
  @Rule({"B4", "R1", "R11"})
  void equalOrderKeysAreOrderedByNode(String history) {
    run(history);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{A1@1 insert 1, A2@2 insert 2/1} + {A3@3 insert 1/2 payload text}",
        "{A1@1 insert 1, A2@2 insert 2/1} + {B1@3 insert 1/2 payload text} + {B2@2 write 1 old}",
        "{A1@1 insert 1 payload a} + {A2@2 insert 1/ROOT key 01 payload b}"
      })
  @Rule("R1")
  void anInsertThatIsSkippedStillWritesItsPayload(String history) {
    run(history);
  }

  @Test
  @Rule("R10")
  void whatChangesNothingVisibleIsNoChange() {
    assertThat(lastChanges("{A1@1 insert 1 key 05} + {A2@2 move 1>ROOT key 05}")).isEmpty();
    assertThat(lastChanges("{A1@1 insert 1} + {A2@2 clear 1}")).isEmpty();
    assertThat(lastChanges("{A1@1 insert 1/9} + {A2@2 write 1 text}")).isEmpty();
  }

  private List<Change> lastChanges(String history) {
    List<AppendResult> results = run(history);
    return results.get(results.size() - 1).changes().changes();
  }

  private List<AppendResult> run(String text) {
    History history = History.parse(text, Ranks.LAMPORT);
    new HistoryRun(newDocument()).run(history.oneByOne());
    new HistoryRun(newDocument()).run(history.inCanonicalOrder());
    return new HistoryRun(newDocument()).run(history);
  }
}

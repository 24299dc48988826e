package dev.tidemark.conformance.kit.replay;

import static dev.tidemark.conformance.kit.Samples.key;
import static dev.tidemark.conformance.kit.Samples.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.BackendUnderTest;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.VerificationReport;
import dev.tidemark.core.VerificationReport.Difference;
import dev.tidemark.core.VerificationReport.Part;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Rows of every derived table are changed, removed or added behind the engine's back: each is
 * found, and a rebuild makes all as it was (rule R9).
 */
public abstract class VerificationContract {
  private static final List<Operation> LOG =
      History.parse(
              "{#1 1>ROOT, #2 2>1, #3 3>2, #4 2>3, #5 write 3 text, #6 delete 3 knowing nothing,"
                  + " #8 3>ROOT, #7 4>2}",
              Ranks.LAMPORT)
          .operations();

  private static final NodeId NOBODY = node(77);
  private static final NodeId TWO = LOG.get(1).node();
  private static final NodeId THREE = LOG.get(2).node();

  /** For subclasses. */
  protected VerificationContract() {}

  /**
   * Returns the backend to test on.
   *
   * @return the backend
   */
  protected abstract BackendUnderTest backend();

  @Test
  @Rule("R9")
  void everyDamagedRowIsFoundAndRepaired() {
    Map<String, Consumer<WriteTransaction>> damages = new LinkedHashMap<>();
    damages.put("NODE 1 changed", t -> t.putNodes(List.of(row(t, TWO).withTombstone(true))));
    damages.put(
        "NODE 1 without placement", t -> t.putNodes(List.of(row(t, TWO).withPlacement(null))));
    damages.put("NODE 2 removed", t -> t.removeNodes(List.of(TWO, THREE)));
    damages.put("NODE 1 added", t -> t.putNodes(List.of(NodeRow.untouched(NOBODY).asInner())));
    damages.put("STRUCTURAL_INDEX 1 changed", t -> t.putStructural(List.of(flipped(t))));
    damages.put("STRUCTURAL_INDEX 1 added", t -> t.putStructural(List.of(entry(TWO))));
    damages.put("STRUCTURAL_INDEX 1 of nobody", t -> t.putStructural(List.of(entry(NOBODY))));
    damages.put("DELETIONS 1 changed", t -> t.putDeletions(Map.of(THREE, KnownOperations.NONE)));
    damages.put(
        "DELETIONS 2 added",
        t -> t.putDeletions(Map.of(NOBODY, KnownOperations.NONE, TWO, KnownOperations.NONE)));
    damages.put(
        "PARENT_INDEX 2 removed",
        t -> t.removeParentRows(t.parentRowsAfter(null, 3).subList(1, 3)));
    damages.put("PARENT_INDEX 1 all but one", t -> t.removeParentRows(t.parentRowsAfter(null, 1)));
    damages.put(
        "PARENT_INDEX 2 added", t -> t.putParentRows(List.of(parent(THREE), parent(NOBODY))));
    damages.forEach(this::isFoundAndRepaired);
  }

  @Test
  @Rule("R9")
  void aDamagedStateIsFoundAndRepaired() {
    Map<String, UnaryOperator<DocumentState>> damages = new LinkedHashMap<>();
    damages.put("version", s -> with(s, 9, s.operations(), s.materialized(), 0));
    damages.put("operations", s -> with(s, s.version(), 1, s.materialized(), 0));
    damages.put("pending", s -> with(s, s.version(), s.operations(), s.materialized(), 3));
    damages.put(
        "head",
        s -> new DocumentState(s.version(), 8, key(1), s.innerHead(), s.materialized(), 0, null));
    damages.put(
        "inner head",
        s -> new DocumentState(s.version(), 8, s.head(), null, s.materialized(), 0, null));
    damages.forEach(
        (what, damage) ->
            isFoundAndRepaired("STATE 1 " + what, t -> t.putState(damage.apply(t.state()))));
  }

  @Test
  @Rule("R9")
  void aStateThatIsGoneIsFoundAndRepaired() {
    List<Difference> found = damageAndRepair(t -> t.putState(DocumentState.EMPTY));

    assertThat(found).extracting(Difference::part).contains(Part.STATE, Part.NODE);
  }

  @Test
  @Rule("R9")
  void operationsThatTheLogHasLostAreToldAndNotMadeUpFor() {
    BackendUnderTest backend = backend();
    String uri = backend.newStore();
    try (Tidemark store = Tidemark.builder(uri).backend(backend.provider()).open();
        Backend raw = backend.open(uri, OpenMode.WRITE)) {
      Document document = store.document("notes");
      document.append(LOG.subList(0, 6));
      try (WriteTransaction transaction = raw.beginWrite(document.id())) {
        appendBehindLost(transaction, LOG.get(6));
        transaction.commit();
      }
      assertThat(document.verify(ProgressListener.NONE).differences())
          .containsExactly(lost("an operation at 2.0", "nothing before 3.1"), lost(9, 7));

      document.rebuild();
      assertThat(document.verify(ProgressListener.NONE).differences())
          .containsExactly(lost("an operation at 2.0", "nothing before 3.1"));
    } finally {
      backend.drop(uri);
    }
  }

  @Test
  @Rule({"R9", "R10"})
  void aRebuildTellsOfWhatWasPendingAndOfItsProgress() {
    String uri = backend().newStore();
    try (Tidemark store =
        Tidemark.builder(uri).backend(backend().provider()).catchUpStep(3).open()) {
      Document document = store.document("notes");
      List<ChangeSet> told = new ArrayList<>();
      document.append(LOG.subList(0, 4));
      document.listen(told::add);
      document.append(LOG.subList(4, 8), CatchUpPolicy.deferred());
      List<String> progress = new ArrayList<>();
      document.rebuild((done, total) -> progress.add(done + "/" + total));

      assertThat(told).isNotEmpty();
      assertThat(progress).containsExactly("3/8", "6/8", "8/8");
      assertThat(document.status().frontier()).isEmpty();
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    } finally {
      backend().drop(uri);
    }
  }

  /** A listener appends after the rebuild has found out what is pending. */
  @Test
  @Rule({"R9", "R10"})
  void aRebuildTellsOfWhatBecamePendingMeanwhile() {
    String uri = backend().newStore();
    try (Tidemark store = Tidemark.builder(uri).backend(backend().provider()).open()) {
      Document document = store.document("notes");
      document.append(LOG.subList(0, 1));
      List<Long> told = new ArrayList<>();
      document.listen(changes -> told.add(changes.version()));
      document.listen(
          changes -> {
            if (changes.version() == 2) {
              document.append(LOG.subList(2, 3), CatchUpPolicy.deferred());
            }
          });
      document.append(LOG.subList(1, 2), CatchUpPolicy.deferred());
      document.rebuild();

      assertThat(told).containsExactly(2L, 3L);
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    } finally {
      backend().drop(uri);
    }
  }

  /** As long as there is always something pending, waiting for a moment without is for ever. */
  @Test
  @Rule({"R9", "R10"})
  void aRebuildEndsThoughSomebodyAppendsAllTheTime() {
    List<Operation> inserts =
        History.parse(
                "{#1 1>ROOT, #2 2>ROOT, #3 3>ROOT, #4 4>ROOT, #5 5>ROOT, #6 6>ROOT}", Ranks.LAMPORT)
            .operations();
    String uri = backend().newStore();
    try (Tidemark store = Tidemark.builder(uri).backend(backend().provider()).open()) {
      Document document = store.document("notes");
      document.append(inserts.subList(0, 1));
      List<Long> told = new ArrayList<>();
      document.listen(
          changes -> {
            told.add(changes.version());
            int next = (int) changes.version();
            document.append(inserts.subList(next, next + 1), CatchUpPolicy.deferred());
          });
      document.append(inserts.subList(1, 2), CatchUpPolicy.deferred());
      document.rebuild();

      assertThat(told).containsExactly(2L, 3L);
      assertThat(document.status().frontier()).as("the fourth is pending").isPresent();
      document.rebuild();
      assertThat(told).containsExactly(2L, 3L, 4L, 5L);
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    } finally {
      backend().drop(uri);
    }
  }

  /** The name begins with the part and the number of differences. */
  private void isFoundAndRepaired(String name, Consumer<WriteTransaction> damage) {
    String[] words = name.split(" ", 3);
    assertThat(damageAndRepair(damage))
        .as(name)
        .hasSize(Integer.parseInt(words[1]))
        .allSatisfy(difference -> assertThat(difference.part()).hasToString(words[0]));
  }

  private List<Difference> damageAndRepair(Consumer<WriteTransaction> damage) {
    BackendUnderTest backend = backend();
    String uri = backend.newStore();
    try (Tidemark store = Tidemark.builder(uri).backend(backend.provider()).open();
        Backend raw = backend.open(uri, OpenMode.WRITE)) {
      Document document = store.document("notes");
      document.append(LOG);
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      DocumentState state = stateOf(raw, document);
      TreeHash tree = document.treeHash();
      try (WriteTransaction transaction = raw.beginWrite(document.id())) {
        damage.accept(transaction);
        transaction.commit();
      }
      VerificationReport report = document.verify(ProgressListener.NONE);
      document.rebuild();
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      assertThat(stateOf(raw, document)).isEqualTo(state);
      assertThat(document.treeHash()).isEqualTo(tree);
      return report.differences();
    } finally {
      backend.drop(uri);
    }
  }

  /** As if version 2 and the first operation of version 3 were lost. */
  private static void appendBehindLost(WriteTransaction transaction, Operation operation) {
    DocumentState state = transaction.state();
    transaction.appendLog(List.of(new LoggedOperation(new Position(3, 1), operation)));
    transaction.putState(
        new DocumentState(
            3, 9, operation.key(), state.innerHead(), state.materialized(), 1, operation.key()));
  }

  private static Difference lost(Object expected, Object actual) {
    return new Difference(Part.LOG, null, expected.toString(), actual.toString());
  }

  private static Difference lost(int expected, int actual) {
    return lost(expected + " operations", actual + " operations");
  }

  private static DocumentState stateOf(Backend raw, Document document) {
    try (ReadTransaction transaction = raw.beginRead(document.id())) {
      return transaction.state();
    }
  }

  private static DocumentState with(
      DocumentState state, long version, long operations, Position materialized, long pending) {
    return new DocumentState(
        version, operations, state.head(), state.innerHead(), materialized, pending, null);
  }

  private static NodeRow row(WriteTransaction transaction, NodeId node) {
    return transaction.nodes(List.of(node)).getOrDefault(node, NodeRow.untouched(node));
  }

  private static StructuralRow flipped(WriteTransaction transaction) {
    StructuralRow row =
        transaction
            .structuralOperations(List.of(HistoryRange.of(TWO)), 1)
            .getOrDefault(HistoryRange.of(TWO), List.of())
            .get(0);
    return row.withEffective(!row.isEffective());
  }

  private static StructuralRow entry(NodeId node) {
    return new StructuralRow(node, key(99), NodeId.ROOT, OrderKey.EMPTY, true, true);
  }

  private static ParentRow parent(NodeId parent) {
    return new ParentRow(parent, new Position(1, 0));
  }
}

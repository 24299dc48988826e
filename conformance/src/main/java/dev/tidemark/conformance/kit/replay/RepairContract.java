package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.conformance.history.Batch;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.TreeHash;
import dev.tidemark.core.VerificationReport.Part;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Rows that are changed behind the engine: verify reports them, and rebuild puts them right. */
public abstract class RepairContract extends EngineContract {
  private static final History HISTORY =
      History.parse(
          "{#1 a>ROOT, #2 b>a, #3 c>b, #6 b>ROOT, #7 a>b} + {#5 c>a, #8 delete c knowing nothing}",
          Ranks.LAMPORT);

  private static final NodeId A = HISTORY.operations().get(0).node();
  private static final NodeId C = HISTORY.operations().get(2).node();

  /** For subclasses. */
  protected RepairContract() {}

  @Test
  @Rule("R9")
  void aRowThatIsMissingIsReportedAndMadeAgain() {
    assertRepaired(Part.NODE, transaction -> transaction.removeNodes(List.of(C)));
  }

  @Test
  @Rule("R9")
  void aRowThatNobodyMadeIsReportedAndRemoved() {
    assertRepaired(
        Part.NODE,
        transaction -> transaction.putNodes(List.of(NodeRow.untouched(new NodeId(77, 7)))));
  }

  @Test
  @Rule("R9")
  void aWrongPlacementIsReportedAndPutRight() {
    assertRepaired(
        Part.NODE,
        transaction ->
            transaction.putNodes(
                List.of(transaction.nodes(List.of(C)).get(C).withPlacement(null))));
  }

  @Test
  @Rule("R9")
  void aWrongEntryOfTheStructuralIndexIsReportedAndPutRight() {
    assertRepaired(
        Part.STRUCTURAL_INDEX,
        transaction -> {
          StructuralRow row = transaction.structuralOperations(List.of(A)).get(A).get(0);
          transaction.putStructural(List.of(row.withEffective(!row.isEffective())));
        });
  }

  @Test
  @Rule("R9")
  void whatADeleteCoversIsReportedAndPutRight() {
    assertRepaired(
        Part.DELETIONS, transaction -> transaction.putDeletions(Map.of(C, KnownOperations.NONE)));
  }

  private void assertRepaired(Part part, Consumer<WriteTransaction> damage) {
    Document document = newDocument();
    for (Batch batch : shaped(HISTORY).batches()) {
      document.append(batch.operations());
    }
    TreeHash before = document.treeHash();
    assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();

    try (Backend storage = backend().open(uri(), OpenMode.WRITE);
        WriteTransaction transaction = storage.beginWrite(document.id())) {
      damage.accept(transaction);
      transaction.commit();
    }
    assertThat(document.verify(ProgressListener.NONE).differences())
        .as("what verify reports of the damage")
        .extracting(difference -> difference.part())
        .contains(part);

    document.rebuild();
    assertThat(document.verify(ProgressListener.NONE).differences()).as("rebuilt").isEmpty();
    assertThat(document.treeHash()).as("rebuilt").isEqualTo(before);
  }
}

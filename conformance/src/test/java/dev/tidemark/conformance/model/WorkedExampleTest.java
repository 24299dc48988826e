package dev.tidemark.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Change;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The worked example of the trace format: one replica makes a file and deletes its directory,
 * another adds a file to the directory and renames it without having seen that.
 */
final class WorkedExampleTest {
  private static final ReplicaId A = ReplicaId.fromHex("aa".repeat(16));
  private static final ReplicaId B = ReplicaId.fromHex("bb".repeat(16));
  private static final NodeId DIRECTORY = NodeId.fromHex("11".repeat(16));
  private static final NodeId FIRST_FILE = NodeId.fromHex("22".repeat(16));
  private static final NodeId SECOND_FILE = NodeId.fromHex("33".repeat(16));
  private static final OrderKey LIB = OrderKey.fromHex("6c6962");
  private static final OrderKey B_TXT = OrderKey.fromHex("622e747874");

  private static final Payload CONTENT =
      Payload.of("8858ee2e5d70ac43dc7c696caace294dbd85417ea017f8a300e75b4f3eda705c95d260");

  private static final List<Operation> MAKE =
      List.of(
          new Operation.Insert(
              id(A, 1), 1, DIRECTORY, NodeId.ROOT, OrderKey.fromHex("737263"), null),
          new Operation.Insert(
              id(A, 2), 2, FIRST_FILE, DIRECTORY, OrderKey.fromHex("612e747874"), CONTENT));
  private static final List<Operation> DELETE =
      List.of(
          new Operation.Delete(
              id(A, 3), 3, FIRST_FILE, KnownOperations.builder().add(A, 2, 2).build()),
          new Operation.Delete(
              id(A, 4), 4, DIRECTORY, KnownOperations.builder().add(A, 1, 2).build()));
  private static final List<Operation> RENAME =
      List.of(
          new Operation.Insert(id(B, 1), 3, SECOND_FILE, DIRECTORY, B_TXT, Payload.of("")),
          new Operation.Move(id(B, 2), 4, DIRECTORY, NodeId.ROOT, LIB));

  @Test
  void theListingIsTheOneThatIsWorkedOut() {
    ReferenceTree tree = new ReferenceModel().add(MAKE).add(DELETE).add(RENAME).fold();

    assertThat(TreeListing.of(tree.visible()))
        .isEqualTo(
            "1\t6c6962\t11111111111111111111111111111111\t-\t-\n"
                + "2\t622e747874\t33333333333333333333333333333333\t0\t"
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n");
    assertThat(TreeListing.hash(tree.visible()))
        .isEqualTo("f76edee460bc5f13258a5ab543b2e08513baf85f9730d8aadf7188b904e8c729");
    assertThat(tree.tombstoned()).containsExactly(FIRST_FILE);
    assertThat(tree.ineffective()).isEmpty();
  }

  @Test
  void theOrderOfArrivalMakesNoDifference() {
    List<Operation> all = new ArrayList<>(RENAME);
    all.addAll(DELETE);
    all.addAll(MAKE);
    List<Operation> reversed = new ArrayList<>(all);
    Collections.reverse(reversed);

    assertThat(new ReferenceModel().add(reversed).add(all).fold().visible())
        .isEqualTo(new ReferenceModel().add(all).fold().visible());
  }

  @Test
  void theDifferencesAreWhatAReaderSees() {
    ReferenceTree made = new ReferenceModel().add(MAKE).fold();
    ReferenceTree deleted = new ReferenceModel().add(MAKE).add(DELETE).fold();
    ReferenceTree renamed = new ReferenceModel().add(MAKE).add(DELETE).add(RENAME).fold();

    assertThat(TreeDifference.between(ReferenceTree.EMPTY, made))
        .hasSize(2)
        .allMatch(Change.Inserted.class::isInstance);
    assertThat(deleted.visible()).isEmpty();
    assertThat(TreeDifference.between(made, deleted))
        .containsExactlyInAnyOrder(new Change.Deleted(DIRECTORY), new Change.Deleted(FIRST_FILE));
    assertThat(TreeDifference.between(deleted, renamed))
        .containsExactly(
            new Change.Restored(DIRECTORY, NodeId.ROOT, LIB),
            new Change.Inserted(SECOND_FILE, DIRECTORY, B_TXT));
    assertThat(TreeDifference.between(made, renamed))
        .containsExactly(
            new Change.Moved(DIRECTORY, NodeId.ROOT, NodeId.ROOT, LIB),
            new Change.Inserted(SECOND_FILE, DIRECTORY, B_TXT),
            new Change.Deleted(FIRST_FILE));
    assertThat(TreeDifference.between(renamed, renamed)).isEmpty();
  }

  private static OperationId id(ReplicaId replica, long counter) {
    return new OperationId(replica, counter);
  }
}

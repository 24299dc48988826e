package dev.tidemark.conformance.kit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TreeNode;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.core.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Hundreds of documents in one store, with the same nodes and operations in each. */
public abstract class ManyDocumentsContract extends EngineContract {
  private static final int MANY = 300;

  /** For subclasses. */
  protected ManyDocumentsContract() {}

  @Test
  @Rule("B8")
  void eachOfManyDocumentsHasItsOwnContent() {
    int count = budget() == Budget.SMALLEST ? MANY / 5 : MANY;
    for (int n = 0; n < count; n++) {
      append(document(n), content(n));
    }

    for (int n = 0; n < count; n++) {
      assertThat(document(n).children(NodeId.ROOT, null, 9).nodes())
          .as("document %s", n)
          .extracting(TreeNode::id)
          .containsExactly(Samples.node(1), Samples.node(2));
      assertThat(document(n).status().operations()).isEqualTo(3);
      assertThat(document(n).node(Samples.node(1)).orElseThrow().payload())
          .contains(Payload.of("document " + n));
    }
  }

  @Test
  @Rule("B8")
  void aDocumentThatIsRebuiltLeavesTheOthersAlone() {
    for (int n = 0; n < 5; n++) {
      append(document(n), content(n));
    }
    document(2).rebuild();

    for (int n = 0; n < 5; n++) {
      assertThat(document(n).treeHash().visibleNodes()).as("document %s", n).isEqualTo(2);
    }
  }

  @Test
  @Rule("B8")
  void pagesTileTheListOfManyDocuments() {
    List<DocumentId> made = new ArrayList<>();
    int count = budget() == Budget.SMALLEST ? 20 : 120;
    for (int n = 0; n < count; n++) {
      append(document(n), content(n));
      made.add(document(n).id());
    }

    List<DocumentId> listed = new ArrayList<>();
    List<DocumentId> page = store().documents(null, 7);
    while (!page.isEmpty()) {
      listed.addAll(page);
      page = store().documents(page.get(page.size() - 1), 7);
    }
    assertThat(listed).isEqualTo(made);
  }

  private Document document(int number) {
    return store().document(String.format(Locale.ROOT, "document %04d", number));
  }

  private static List<Operation> content(int number) {
    return List.of(
        new Operation.Insert(
            id(1),
            1,
            Samples.node(1),
            NodeId.ROOT,
            OrderKey.EMPTY,
            Payload.of("document " + number)),
        new Operation.Insert(
            id(2), 2, Samples.node(2), Samples.node(1), OrderKey.EMPTY, Payload.of("below")),
        new Operation.Move(id(3), 3, Samples.node(2), NodeId.ROOT, Samples.orderKey(1)));
  }

  private static OperationId id(long counter) {
    return new OperationId(Samples.FIRST, counter);
  }
}

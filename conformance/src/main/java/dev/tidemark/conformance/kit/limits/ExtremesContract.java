package dev.tidemark.conformance.kit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TreeEntry;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.model.ReferenceModel;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.TreeSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The first and the last value of everything that is ordered, through the engine and back. */
public abstract class ExtremesContract extends EngineContract {
  private static final ReplicaId SHORTEST = Samples.replica(0);
  private static final ReplicaId LONGEST = ReplicaId.of(filled(Limits.MAX_REPLICA_ID_BYTES, 0xFF));

  /** For subclasses. */
  protected ExtremesContract() {}

  @Test
  @Rule({"B4", "R1"})
  void extremesOfEveryFieldGiveTheTreeOfTheFold() {
    Document document = anotherStore().document("extremes");
    ReferenceModel model = new ReferenceModel();
    List<Operation> operations = operations();
    append(document, operations);
    model.add(operations);

    assertThat(log(document)).as("B4: the log").containsExactlyElementsOf(operations);
    assertThat(walk(document)).as("B4: the tree").isEqualTo(model.fold().visible());
    assertThat(document.verify(ProgressListener.NONE).differences()).as("B4: verify").isEmpty();
  }

  @Test
  @Rule({"A2", "B4", "R11"})
  void extremesTravelAndMayComeBackwards() {
    Document document = anotherStore().document("extremes");
    append(document, operations());
    Document backwards = anotherStore().document("extremes");
    List<Operation> reversed = new ArrayList<>(operations());
    Collections.reverse(reversed);
    append(backwards, reversed);
    assertThat(backwards.treeHash()).as("A2: backwards").isEqualTo(document.treeHash());

    Document receiver = anotherStore().document("extremes");
    for (Chunk chunk :
        document.changes(ChunkRequest.after(0).withChunkSize(budget().chunkSize()))) {
      receiver.apply(chunk.bytes(), "p".repeat(Limits.MAX_PEER_BYTES));
    }
    assertThat(log(receiver)).as("B4: the log").isEqualTo(log(document));
    assertThat(receiver.treeHash()).as("R11: the hash").isEqualTo(document.treeHash());
    assertThat(receiver.progress("p".repeat(Limits.MAX_PEER_BYTES)).orElseThrow().next().isEnd())
        .as("B4: the progress under a long name")
        .isTrue();
  }

  @Test
  @Rule("R11")
  void twoStoresWithTheSameOperationsHaveTheSameHash() {
    Document one = anotherStore().document("one name");
    append(one, operations());
    Document two = anotherStore().document("another name");
    operations().forEach(operation -> two.append(List.of(operation)));
    two.append(operations());

    assertThat(two.treeHash()).isEqualTo(one.treeHash());
  }

  @Test
  @Rule("B4")
  void theLongestNamesOfDocumentsAreKeptApart() {
    String longest = "x".repeat(Limits.MAX_DOCUMENT_ID_BYTES - 1);
    append(store().document(longest + "a"), List.of(operations().get(0)));

    assertThat(store().document(longest + "a").status().operations()).isEqualTo(1);
    assertThat(store().document(longest + "b").status().operations()).isZero();
    assertThat(store().document(longest).status().operations()).isZero();
  }

  private static List<Operation> operations() {
    long most = Limits.MAX_COUNT;
    KnownOperations known =
        KnownOperations.builder().add(SHORTEST, 1, 3).add(LONGEST, most - 1, most).build();
    NodeId first = new NodeId(0, 1);
    NodeId negative = new NodeId(Long.MIN_VALUE, 0);
    NodeId last = new NodeId(-1, -1);
    NodeId low = new NodeId(0, Long.MIN_VALUE);
    return List.of(
        insert(SHORTEST, 1, 1, last, OrderKey.EMPTY, Payload.of("")),
        insert(LONGEST, 1, 1, first, OrderKey.EMPTY, Payload.of("begin")),
        insert(SHORTEST, 2, 2, negative, OrderKey.EMPTY, Payload.of("negative")),
        insert(SHORTEST, 3, 2, low, OrderKey.of(filled(Limits.MAX_ORDER_KEY_BYTES, 0xFF)), null),
        insert(SHORTEST, 4, 3, new NodeId(7, 7), Samples.orderKey(0), null),
        insert(SHORTEST, 5, 3, new NodeId(7, 8), Samples.orderKey(0x7F, 0xFF), null),
        insert(SHORTEST, 6, 3, new NodeId(7, 9), Samples.orderKey(0x80), null),
        new Operation.Move(new OperationId(LONGEST, most - 1), most, last, low, OrderKey.EMPTY),
        new Operation.SetPayload(new OperationId(LONGEST, most), most, first, Payload.of("end")),
        new Operation.Delete(new OperationId(SHORTEST, most), most, negative, known));
  }

  private static Operation insert(
      ReplicaId author,
      long counter,
      long lamport,
      NodeId node,
      OrderKey key,
      @Nullable Payload payload) {
    return new Operation.Insert(
        new OperationId(author, counter), lamport, node, NodeId.ROOT, key, payload);
  }

  private static List<Operation> log(Document document) {
    List<Operation> log = new ArrayList<>();
    document.readLog(
        Position.START,
        Long.MAX_VALUE - 1,
        (LoggedOperation logged) -> log.add(logged.operation()));
    return log;
  }

  private static List<TreeEntry> walk(Document document) {
    try (TreeSnapshot snapshot = document.snapshot()) {
      return snapshot.walk(NodeId.ROOT).toList();
    }
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}

package dev.tidemark.conformance.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.api.TreeNode;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nodes end up that are put beside others, and which places are refused. */
final class PlacementTest {
  private static final int MANY = 1_000;

  private Tidemark store;
  private Document document;
  private LocalReplica author;

  @BeforeEach
  void open() {
    store = Tidemark.open("memory:");
    document = store.document(DocumentId.of("outline"));
    author = document.replica(ReplicaId.of(new byte[] {1}));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void siblingsStandAsInAListThatIsEditedAlike(long seed) {
    Random random = new Random(seed);
    List<NodeId> list = new ArrayList<>();
    for (int edit = 0; edit < 300; edit++) {
      NodeId moved = null;
      if (list.size() > 3 && random.nextBoolean()) {
        moved = list.remove(random.nextInt(list.size()));
      }
      int at = random.nextInt(list.size() + 1);
      NodeId node = put(moved, placement(random, list, at));
      list.add(at, node);
    }
    assertThat(children(NodeId.ROOT)).as("seed %d", seed).isEqualTo(list);
  }

  private static Placement placement(Random random, List<NodeId> list, int at) {
    boolean isFirst = at == 0;
    boolean isLast = at == list.size();
    if (isFirst && (isLast || random.nextBoolean())) {
      return Placement.first();
    }
    if (isLast && random.nextBoolean()) {
      return Placement.last();
    }
    boolean isBefore = isFirst || (!isLast && random.nextBoolean());
    return isBefore ? Placement.before(list.get(at)) : Placement.after(list.get(at - 1));
  }

  private NodeId put(@Nullable NodeId moved, Placement placement) {
    if (moved == null) {
      return author.insert(NodeId.ROOT, placement);
    }
    author.move(moved, NodeId.ROOT, placement);
    return moved;
  }

  /** One, so many that the next key is on the second page of siblings, and on the third. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 21, 22, 23, 45})
  void besideSiblingsOfOneKeyIsBesideAllOfThem(int count) {
    OrderKey shared = key(100);
    NodeId low = author.insert(NodeId.ROOT, Placement.at(key(50)));
    List<NodeId> group = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      group.add(author.insert(NodeId.ROOT, Placement.at(shared)));
    }
    NodeId high = author.insert(NodeId.ROOT, Placement.at(key(150)));
    NodeId some = group.get(count / 2);
    NodeId before = author.insert(NodeId.ROOT, Placement.before(some));
    NodeId after = author.insert(NodeId.ROOT, Placement.after(some));
    List<NodeId> children = children(NodeId.ROOT);
    assertThat(children).hasSize(count + 4);
    assertThat(children.subList(0, 2)).containsExactly(low, before);
    assertThat(children.subList(2, count + 2)).containsExactlyInAnyOrderElementsOf(group);
    assertThat(children.subList(count + 2, count + 4)).containsExactly(after, high);
  }

  @Test
  void aNodeThatStandsAloneCanBePutFirstAndLast() {
    NodeId only = author.insert(NodeId.ROOT, Placement.last());
    author.move(only, NodeId.ROOT, Placement.first());
    author.move(only, NodeId.ROOT, Placement.last());
    assertThat(children(NodeId.ROOT)).containsExactly(only);
  }

  @Test
  void hiddenSiblingsAreNeighboursToo() {
    NodeId first = author.insert(NodeId.ROOT, Placement.last());
    NodeId hidden = author.insert(NodeId.ROOT, Placement.last());
    NodeId last = author.insert(NodeId.ROOT, Placement.last());
    author.delete(hidden);
    NodeId between = author.insert(NodeId.ROOT, Placement.after(first));
    assertThat(children(NodeId.ROOT)).containsExactly(first, between, last);
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.insert(NodeId.ROOT, Placement.after(hidden)));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.insert(hidden, Placement.last()));
  }

  @Test
  void placesThatAreNotThereAreRefusedAndNothingIsWritten() {
    NodeId folder = author.insert(NodeId.ROOT, Placement.last());
    NodeId inner = author.insert(folder, Placement.last());
    NodeId leaf = author.insert(inner, Placement.last());
    NodeId unknown = new NodeId(1, 2);
    long version = document.status().version();
    refused(ErrorCode.CYCLE, () -> author.move(folder, leaf, Placement.last()));
    refused(ErrorCode.CYCLE, () -> author.move(folder, folder, Placement.last()));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.move(leaf, unknown, Placement.last()));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.move(unknown, folder, Placement.last()));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.move(NodeId.ROOT, folder, Placement.last()));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.insert(unknown, Placement.last()));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.insert(folder, Placement.after(leaf)));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.move(leaf, inner, Placement.after(leaf)));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.setPayload(unknown, Payload.of("x")));
    refused(ErrorCode.NODE_NOT_FOUND, () -> author.delete(unknown));
    assertThat(document.status().version()).isEqualTo(version);
  }

  private List<NodeId> children(NodeId parent) {
    return document.children(parent, null, MANY).nodes().stream().map(TreeNode::id).toList();
  }

  private static OrderKey key(int value) {
    return OrderKey.of(new byte[] {(byte) value, 1});
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    TidemarkException failure = catchThrowableOfType(TidemarkException.class, call);
    assertThat(failure).as("expected %s", code).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
  }
}

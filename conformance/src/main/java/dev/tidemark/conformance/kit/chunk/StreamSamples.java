package dev.tidemark.conformance.kit.chunk;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.core.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** Makes the operations of windows that are worth cutting, the same ones for the same seed. */
final class StreamSamples {
  static final ReplicaId ALICE = ReplicaId.fromHex("a1");
  static final ReplicaId BOB = ReplicaId.fromHex("b0b0");

  private final Random random;
  private final List<NodeId> nodes = new ArrayList<>();
  private final List<OperationId> made = new ArrayList<>();
  private long lamport;
  private long aliceCounter;
  private long bobCounter;

  StreamSamples(long seed) {
    random = new Random(seed);
  }

  /**
   * Small operations, a version larger than several chunks, payloads around the budget; or the same
   * operations in a version each.
   */
  void fill(Document document, int chunkSize, Budget budget) {
    for (int i = 0; i < 20; i++) {
      append(document, budget, List.of(small(ALICE), small(BOB), small(ALICE)));
    }
    List<Operation> large = new ArrayList<>();
    while (large.size() * 6_000L < 3L * chunkSize) {
      large.add(insert(random.nextBoolean() ? ALICE : BOB, 6_000));
    }
    append(document, budget, large);
    for (int size :
        new int[] {0, 1, chunkSize - 6_300, chunkSize - 6_144, chunkSize, 4 * chunkSize + 3}) {
      append(document, budget, List.of(small(BOB), insert(ALICE, size), small(ALICE)));
    }
    append(document, budget, List.of(small(ALICE)));
  }

  private static void append(Document document, Budget budget, List<Operation> operations) {
    if (budget == Budget.SMALLEST) {
      operations.forEach(operation -> document.append(List.of(operation)));
    } else {
      document.append(operations);
    }
  }

  Operation insert(ReplicaId author, int payload) {
    NodeId node = new NodeId(random.nextLong() | 1, random.nextLong());
    NodeId parent = nodes.isEmpty() ? NodeId.ROOT : nodes.get(random.nextInt(nodes.size()));
    nodes.add(node);
    return new Operation.Insert(id(author), ++lamport, node, parent, key(), content(payload));
  }

  Operation small(ReplicaId author) {
    if (nodes.size() < 3) {
      return insert(author, 5);
    }
    NodeId node = nodes.get(random.nextInt(nodes.size()));
    return switch (random.nextInt(5)) {
      case 0 -> new Operation.Move(id(author), ++lamport, node, NodeId.ROOT, key());
      case 1 -> new Operation.SetPayload(id(author), ++lamport, node, null);
      case 2 -> new Operation.Delete(id(author), ++lamport, node, known());
      case 3 -> new Operation.SetPayload(id(author), ++lamport, node, content(20_000));
      default -> insert(author, random.nextInt(2_000));
    };
  }

  private KnownOperations known() {
    return KnownOperations.builder().add(ALICE, 1, aliceCounter + 1).add(BOB, 3, 3).build();
  }

  private Payload content(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Payload.wrap(bytes);
  }

  private OperationId id(ReplicaId author) {
    OperationId id = new OperationId(author, author.equals(ALICE) ? ++aliceCounter : ++bobCounter);
    made.add(id);
    return id;
  }

  /** What was made so far, whatever became of it. */
  List<OperationId> ids() {
    return List.copyOf(made);
  }

  private OrderKey key() {
    return OrderKey.of(("k" + random.nextInt(50)).getBytes(StandardCharsets.UTF_8));
  }

  static List<Chunk> chunks(Document document, ChunkRequest request) {
    List<Chunk> chunks = new ArrayList<>();
    document.changes(request).forEach(chunks::add);
    return chunks;
  }

  static List<LoggedOperation> log(Document document) {
    List<LoggedOperation> log = new ArrayList<>();
    document.readLog(Position.START, Long.MAX_VALUE - 1, log::add);
    return log;
  }

  static List<OperationId> ids(Document document) {
    return log(document).stream().map(logged -> logged.operation().id()).toList();
  }

  static void requireCode(ErrorCode code, Callable<?> call) {
    Assertions.assertThatThrownBy(call::call)
        .isInstanceOfSatisfying(
            TidemarkException.class, e -> Assertions.assertThat(e.code()).isEqualTo(code));
  }
}

package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes operations of every kind, the same ones for the same seed. */
public final class TestOperations {
  public static final DocumentId DOCUMENT = DocumentId.of("notes");
  public static final ReplicaId ALICE = ReplicaId.fromHex("aa01");
  public static final ReplicaId BOB = ReplicaId.fromHex("bb02");

  private static final KnownOperations KNOWN =
      KnownOperations.builder().add(ALICE, 1, 5).add(ALICE, 9, 9).add(BOB, 2, 2).build();

  private final Random random;
  private final List<NodeId> nodes = new ArrayList<>();
  private final long[] counters = new long[2];
  private long lamport;

  public TestOperations(long seed) {
    random = new Random(seed);
  }

  public Operation insert(int author, byte[] payload) {
    NodeId node = new NodeId(random.nextLong(), random.nextLong());
    NodeId parent = nodes.isEmpty() ? NodeId.ROOT : nodes.get(random.nextInt(nodes.size()));
    nodes.add(node);
    return new Operation.Insert(id(author), ++lamport, node, parent, key(), Payload.wrap(payload));
  }

  public Operation small(int author) {
    if (nodes.size() < 2) {
      return insert(author, new byte[3]);
    }
    NodeId node = nodes.get(random.nextInt(nodes.size()));
    return switch (random.nextInt(6)) {
      case 0 -> insertBare(author, node);
      case 1 -> new Operation.Move(id(author), ++lamport, node, NodeId.ROOT, key());
      case 2 -> new Operation.SetPayload(id(author), ++lamport, node, Payload.of("text"));
      case 3 -> new Operation.SetPayload(id(author), ++lamport, node, null);
      case 4 -> new Operation.Delete(id(author), ++lamport, node, KNOWN);
      default -> insert(author, bytes(random.nextInt(3) == 0 ? 0 : random.nextInt(3_000)));
    };
  }

  private Operation insertBare(int author, NodeId parent) {
    NodeId fresh = new NodeId(random.nextLong(), random.nextLong());
    nodes.add(fresh);
    return new Operation.Insert(id(author), ++lamport, fresh, parent, key(), null);
  }

  /** Bytes that do not compress. */
  public byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private OperationId id(int author) {
    return new OperationId(author == 0 ? ALICE : BOB, ++counters[author]);
  }

  private OrderKey key() {
    return OrderKey.of(("key " + random.nextInt(100)).getBytes(StandardCharsets.UTF_8));
  }
}

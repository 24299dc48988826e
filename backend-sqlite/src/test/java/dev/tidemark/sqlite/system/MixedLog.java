package dev.tidemark.sqlite.system;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Writes a log that is worth cutting: the same operations in the same versions each time. */
final class MixedLog {
  private static final ReplicaId ALICE = ReplicaId.fromHex("a1");
  private static final ReplicaId BOB = ReplicaId.fromHex("b0b0b0b0");
  private static final int MEDIUM_BYTES = 6_000;

  private final Document document;
  private final SplittableRandom random;
  private final List<NodeId> nodes = new ArrayList<>();
  private long aliceCounter;
  private long aliceLamport;
  private long bobCounter;

  /** Falls behind that of Alice, so that all of Bob's operations are late. */
  private long bobLamport;

  MixedLog(Document document, long seed) {
    this.document = document;
    this.random = new SplittableRandom(seed);
  }

  MixedLog smallVersions(int versions) {
    for (int i = 0; i < versions; i++) {
      document.append(List.of(small(ALICE), small(BOB), small(ALICE)));
    }
    return this;
  }

  /** One version with at least so many payload bytes, in many operations. */
  MixedLog largeVersion(int bytes) {
    List<Operation> operations = new ArrayList<>();
    while (operations.size() * (long) MEDIUM_BYTES < bytes) {
      operations.add(insert(random.nextBoolean() ? ALICE : BOB, MEDIUM_BYTES));
    }
    document.append(operations);
    return this;
  }

  /** One version in which a payload of this size stands between small operations. */
  MixedLog payload(int size) {
    Operation before = small(BOB);
    document.append(List.of(before, payloadOfSize(size), small(BOB)));
    return this;
  }

  private Operation.Insert payloadOfSize(int size) {
    // All such operations have one encoded length, apart from the payload: they are at the root,
    // and their counters have three bytes.
    aliceCounter = Math.max(aliceCounter, 20_000);
    aliceLamport = Math.max(aliceLamport, 20_000);
    return new Operation.Insert(
        id(ALICE), lamport(ALICE), newNode(), NodeId.ROOT, key(), content(size));
  }

  private Operation.Insert insert(ReplicaId author, int size) {
    NodeId parent = nodes.isEmpty() ? NodeId.ROOT : anyNode();
    return new Operation.Insert(
        id(author), lamport(author), newNode(), parent, key(), content(size));
  }

  private Operation small(ReplicaId author) {
    if (nodes.size() < 3) {
      return insert(author, 5);
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Operation.Move(id(author), lamport(author), anyNode(), NodeId.ROOT, key());
      case 1 -> {
        NodeId node = nodes.get(random.nextInt(nodes.size() - 1));
        NodeId parent = nodes.get(nodes.size() - 1);
        yield new Operation.Move(id(author), lamport(author), node, parent, key());
      }
      case 2 -> {
        KnownOperations known = KnownOperations.builder().add(ALICE, 1, aliceCounter + 1).build();
        yield new Operation.Delete(id(author), lamport(author), anyNode(), known);
      }
      case 3 -> new Operation.SetPayload(id(author), lamport(author), anyNode(), null);
      case 4 -> new Operation.SetPayload(id(author), lamport(author), anyNode(), content(20_000));
      default -> insert(author, random.nextInt(2_000));
    };
  }

  private NodeId newNode() {
    NodeId node = new NodeId(random.nextLong() | 1, random.nextLong());
    nodes.add(node);
    return node;
  }

  private NodeId anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private Payload content(int size) {
    return Payload.wrap(GeneratedContent.bytes(random.nextLong(), size));
  }

  private OperationId id(ReplicaId author) {
    return new OperationId(author, author.equals(ALICE) ? ++aliceCounter : ++bobCounter);
  }

  private long lamport(ReplicaId author) {
    return author.equals(ALICE) ? ++aliceLamport : ++bobLamport;
  }

  private OrderKey key() {
    return OrderKey.of(ByteBuffer.allocate(4).putInt(random.nextInt()).array());
  }
}

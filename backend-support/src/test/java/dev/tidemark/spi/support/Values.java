package dev.tidemark.spi.support;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random rows: small and extreme numbers, present and absent parts. */
final class Values {
  private final Random random;

  Values(long seed) {
    random = new Random(seed);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private long number(long least, long most) {
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      case 2 -> least + Math.min(most - least, random.nextInt(300));
      default -> least + (long) (random.nextDouble() * (most - least));
    };
  }

  private <T> @Nullable T optional(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private NodeId node() {
    return NodeId.of(bytes(NodeId.BYTES));
  }

  private ReplicaId replica() {
    return ReplicaId.of(bytes(1 + random.nextInt(64)));
  }

  private CanonicalKey key() {
    return new CanonicalKey(number(1, Limits.MAX_COUNT), replica(), number(1, Limits.MAX_COUNT));
  }

  private PlacementRow placement() {
    return new PlacementRow(node(), orderKey(), key());
  }

  private OrderKey orderKey() {
    return OrderKey.of(bytes(random.nextInt(3) * random.nextInt(400)));
  }

  private Payload reference() {
    return Payload.reference(number(0, Long.MAX_VALUE), PayloadDigest.of(bytes(32)));
  }

  private Payload payload() {
    return random.nextBoolean() ? reference() : Payload.of(bytes(random.nextInt(50)));
  }

  KnownOperations known() {
    KnownOperations.Builder known = KnownOperations.builder();
    for (int replicas = random.nextInt(4); replicas > 0; replicas--) {
      ReplicaId replica = replica();
      for (int ranges = 1 + random.nextInt(4); ranges > 0; ranges--) {
        long from = number(1, Limits.MAX_COUNT);
        known.add(replica, from, number(from, Limits.MAX_COUNT));
      }
    }
    return known.build();
  }

  Operation operation() {
    CanonicalKey key = key();
    return switch (random.nextInt(4)) {
      case 0 -> insert(key, optional(this::payload));
      case 1 -> new Operation.Move(key.id(), key.lamport(), node(), node(), orderKey());
      case 2 -> new Operation.SetPayload(key.id(), key.lamport(), node(), optional(this::payload));
      default -> new Operation.Delete(key.id(), key.lamport(), node(), known());
    };
  }

  private Operation.Insert insert(CanonicalKey key, @Nullable Payload payload) {
    return new Operation.Insert(key.id(), key.lamport(), node(), node(), orderKey(), payload);
  }

  DocumentState state() {
    return new DocumentState(
        number(0, Long.MAX_VALUE),
        number(0, Long.MAX_VALUE),
        optional(this::key),
        optional(this::key),
        new Position(number(0, Long.MAX_VALUE), (int) number(0, Integer.MAX_VALUE)),
        number(0, Long.MAX_VALUE),
        optional(this::key));
  }

  NodeRow nodeRow() {
    PlacementRow placement = optional(this::placement);
    PayloadRow payload = optional(() -> new PayloadRow(key(), random.nextBoolean()));
    if (placement != null && random.nextBoolean()) {
      payload = new PayloadRow(placement.writtenBy(), random.nextBoolean());
    }
    return new NodeRow(
        node(),
        placement,
        payload,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean());
  }

  StructuralRow structural() {
    return new StructuralRow(
        node(), key(), node(), orderKey(), random.nextBoolean(), random.nextBoolean());
  }

  StagedPayload staged() {
    List<StagedPayload.ByteRange> received = new ArrayList<>();
    for (int ranges = random.nextInt(4); ranges > 0; ranges--) {
      long from = number(0, Long.MAX_VALUE);
      received.add(new StagedPayload.ByteRange(from, number(from, Long.MAX_VALUE)));
    }
    CanonicalKey key = key();
    Operation.PayloadCarrying operation =
        random.nextBoolean()
            ? insert(key, reference())
            : new Operation.SetPayload(key.id(), key.lamport(), node(), reference());
    return new StagedPayload(operation, received, random.nextLong());
  }
}

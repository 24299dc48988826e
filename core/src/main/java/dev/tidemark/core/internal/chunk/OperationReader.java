package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
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
import dev.tidemark.api.TidemarkException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what {@link OperationWriter} wrote, trusting nothing. */
final class OperationReader {
  /** A range takes at least two bytes; so what one delete makes us allocate is bounded. */
  private static final int MAX_RANGES = Limits.MAX_KNOWN_WEIGHT / 2;

  private final StrictBytes in;
  private final Position first;
  private final List<ReplicaId> replicas = new ArrayList<>();
  private final List<NodeId> nodes = new ArrayList<>();
  private final Map<ReplicaId, Long> counters = new HashMap<>();

  private @Nullable Position position;
  private @Nullable ReplicaId replica;
  private long lamport;

  OperationReader(StrictBytes in, Position first) {
    this.in = in;
    this.first = first;
  }

  /** Reads one operation; where it has a payload, that is read after its other fields. */
  LoggedOperation read(Supplier<Payload> payload) {
    int flags = in.readByte();
    int kind = flags & OperationLayout.KIND_MASK;
    if (kind > OperationLayout.DELETE || (flags & OperationLayout.UNUSED_MASK) != 0) {
      throw StrictBytes.malformed("unknown operation " + flags);
    }
    Position place = readPosition((flags & OperationLayout.POSITION_FOLLOWS) != 0);
    ReplicaId author = readAuthor((flags & OperationLayout.SAME_REPLICA) != 0);
    boolean isNextCounter = (flags & OperationLayout.NEXT_COUNTER) != 0;
    long counter = counters.getOrDefault(author, 0L) + (isNextCounter ? 1 : in.readDifference());
    boolean isNextLamport = (flags & OperationLayout.NEXT_LAMPORT) != 0;
    long time = lamport + (isNextLamport ? 1 : in.readDifference());
    Operation operation;
    try {
      operation = readRest(kind, new OperationId(author, counter), time, payload);
    } catch (TidemarkException e) {
      throw e.code() == ErrorCode.INVALID_ARGUMENT ? invalid(e) : e;
    }
    counters.put(author, counter);
    position = place;
    replica = author;
    lamport = time;
    return new LoggedOperation(place, operation);
  }

  private Operation readRest(int kind, OperationId id, long time, Supplier<Payload> payload) {
    NodeId node = readNode();
    // Java evaluates arguments from left to right, which is the order of the fields.
    return switch (kind) {
      case OperationLayout.INSERT ->
          new Operation.Insert(id, time, node, readNode(), readOrderKey(), null);
      case OperationLayout.INSERT_WITH_PAYLOAD ->
          new Operation.Insert(id, time, node, readNode(), readOrderKey(), payload.get());
      case OperationLayout.MOVE -> new Operation.Move(id, time, node, readNode(), readOrderKey());
      case OperationLayout.SET_PAYLOAD -> new Operation.SetPayload(id, time, node, payload.get());
      case OperationLayout.CLEAR_PAYLOAD -> new Operation.SetPayload(id, time, node, null);
      default -> new Operation.Delete(id, time, node, readKnown());
    };
  }

  private Position readPosition(boolean follows) {
    Position previous = position;
    if (previous == null) {
      if (!follows) {
        throw StrictBytes.malformed("the first operation is elsewhere");
      }
      return first;
    }
    if (follows && previous.sequence() == Integer.MAX_VALUE) {
      throw StrictBytes.malformed("a sequence is too large");
    }
    if (follows) {
      return previous.next();
    }
    long further = in.readNumber();
    if (further > Long.MAX_VALUE - previous.version()) {
      throw StrictBytes.malformed("a version is too large");
    }
    Position place =
        new Position(previous.version() + further, in.readNumber("sequence", Integer.MAX_VALUE));
    if (place.compareTo(previous) <= 0) {
      throw StrictBytes.malformed("positions do not ascend");
    }
    return place;
  }

  private ReplicaId readAuthor(boolean isSame) {
    if (!isSame) {
      return readReplica();
    }
    ReplicaId previous = replica;
    if (previous == null) {
      throw StrictBytes.malformed("the first operation has no author");
    }
    return previous;
  }

  private ReplicaId readReplica() {
    int back = in.readNumber("replica reference", replicas.size());
    if (back != OperationLayout.NEW_ENTRY) {
      return replicas.get(replicas.size() - back);
    }
    byte[] bytes = in.readBytes("replica", Limits.MAX_REPLICA_ID_BYTES);
    if (bytes.length == 0) {
      throw StrictBytes.malformed("an empty replica id");
    }
    ReplicaId id = ReplicaId.of(bytes);
    replicas.add(id);
    return id;
  }

  private NodeId readNode() {
    int back = in.readNumber("node reference", nodes.size() + OperationLayout.ROOT_NODE);
    if (back == OperationLayout.ROOT_NODE) {
      return NodeId.ROOT;
    }
    if (back != OperationLayout.NEW_ENTRY) {
      return nodes.get(nodes.size() + OperationLayout.ROOT_NODE - back);
    }
    NodeId id = new NodeId(in.readLong(), in.readLong());
    nodes.add(id);
    return id;
  }

  private OrderKey readOrderKey() {
    return OrderKey.of(in.readBytes("order key", Limits.MAX_ORDER_KEY_BYTES));
  }

  private KnownOperations readKnown() {
    KnownOperations.Builder known = KnownOperations.builder();
    int free = MAX_RANGES;
    int authors = in.readNumber("known replicas", MAX_RANGES);
    ReplicaId previous = null;
    for (int i = 0; i < authors; i++) {
      ReplicaId author = readReplica();
      if (previous != null && previous.compareTo(author) >= 0) {
        throw StrictBytes.malformed("known replicas do not ascend");
      }
      previous = author;
      int ranges = in.readNumber("known ranges", free);
      if (ranges == 0) {
        throw StrictBytes.malformed("a known replica without ranges");
      }
      free -= ranges;
      readRanges(known, author, ranges);
    }
    return known.build();
  }

  private void readRanges(KnownOperations.Builder known, ReplicaId author, int count) {
    long least = 1;
    for (int i = 0; i < count; i++) {
      // Sums that overflow are negative, and refused as counters.
      long from = least + in.readNumber();
      long to = from + in.readNumber();
      known.add(author, from, to);
      least = to + 2;
    }
  }

  private static TidemarkException invalid(TidemarkException e) {
    TidemarkException.Builder builder = TidemarkException.of(ErrorCode.INVALID_OPERATION);
    e.details().forEach(builder::with);
    return builder
        .with(Detail.PROBLEM, e.getMessage() == null ? "" : e.getMessage())
        .causedBy(e)
        .build();
  }
}

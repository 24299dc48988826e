package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.KnownOperations.CounterRange;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of operations, each against those before it in the same chunk: ids once, and
 * differences for what counts up.
 */
final class OperationWriter {
  private final GrowingBytes out;
  private final Map<ReplicaId, Integer> replicas = new HashMap<>();
  private final Map<NodeId, Integer> nodes = new HashMap<>();
  private final Map<ReplicaId, Long> counters = new HashMap<>();

  private @Nullable Position position;
  private @Nullable ReplicaId replica;
  private long lamport;

  OperationWriter(GrowingBytes out) {
    this.out = out;
  }

  /** Writes all fields but the payload's. */
  void write(LoggedOperation logged) {
    Operation operation = logged.operation();
    ReplicaId author = operation.id().replica();
    long counter = operation.id().counter();
    long lastCounter = counters.getOrDefault(author, 0L);
    int flags = OperationLayout.kind(operation);
    if (position == null || logged.position().equals(position.next())) {
      flags |= OperationLayout.POSITION_FOLLOWS;
    }
    if (replica != null && author.equals(replica)) {
      flags |= OperationLayout.SAME_REPLICA;
    }
    if (counter == lastCounter + 1) {
      flags |= OperationLayout.NEXT_COUNTER;
    }
    if (operation.lamport() == lamport + 1) {
      flags |= OperationLayout.NEXT_LAMPORT;
    }
    out.writeByte(flags);
    if (position != null && (flags & OperationLayout.POSITION_FOLLOWS) == 0) {
      out.writeNumber(logged.position().version() - position.version());
      out.writeNumber(logged.position().sequence());
    }
    if ((flags & OperationLayout.SAME_REPLICA) == 0) {
      writeReplica(author);
    }
    if ((flags & OperationLayout.NEXT_COUNTER) == 0) {
      out.writeDifference(counter - lastCounter);
    }
    if ((flags & OperationLayout.NEXT_LAMPORT) == 0) {
      out.writeDifference(operation.lamport() - lamport);
    }
    writeNode(operation.node());
    if (operation instanceof Operation.Structural structural) {
      writeNode(structural.parent());
      out.writeBytes(structural.orderKey().toByteArray());
    } else if (operation instanceof Operation.Delete delete) {
      writeKnown(delete.known());
    }
    counters.put(author, counter);
    position = logged.position();
    replica = author;
    lamport = operation.lamport();
  }

  /** Returns what an operation's payload is, where it writes one. */
  static @Nullable Payload payloadOf(Operation operation) {
    return operation instanceof Operation.PayloadCarrying carrying ? carrying.payload() : null;
  }

  private void writeReplica(ReplicaId id) {
    Integer index = replicas.putIfAbsent(id, replicas.size());
    if (index != null) {
      out.writeNumber(replicas.size() - index);
    } else {
      out.writeNumber(OperationLayout.NEW_ENTRY);
      out.writeBytes(id.toByteArray());
    }
  }

  private void writeNode(NodeId id) {
    if (id.isRoot()) {
      out.writeNumber(OperationLayout.ROOT_NODE);
      return;
    }
    Integer index = nodes.putIfAbsent(id, nodes.size());
    if (index != null) {
      out.writeNumber(OperationLayout.ROOT_NODE + nodes.size() - index);
    } else {
      out.writeNumber(OperationLayout.NEW_ENTRY);
      out.writeLong(id.high());
      out.writeLong(id.low());
    }
  }

  private void writeKnown(KnownOperations known) {
    out.writeNumber(known.ranges().size());
    for (Map.Entry<ReplicaId, List<CounterRange>> entry : known.ranges().entrySet()) {
      writeReplica(entry.getKey());
      out.writeNumber(entry.getValue().size());
      long free = 1;
      for (CounterRange range : entry.getValue()) {
        out.writeNumber(range.from() - free);
        out.writeNumber(range.to() - range.from());
        // Ranges that touch are one, so the next starts at least one further.
        free = range.to() + 2;
      }
    }
  }
}

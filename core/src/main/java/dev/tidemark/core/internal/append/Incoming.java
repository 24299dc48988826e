package dev.tidemark.core.internal.append;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.ReadTransaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A batch of operations, checked against the log.
 *
 * @param fresh those that are not in the log, in the order given
 * @param known how many were there, or twice in the batch
 * @param late how many of the fresh ones are below the head
 */
record Incoming(List<Operation> fresh, int known, int late) {
  static Incoming check(
      ReadTransaction transaction,
      DocumentState state,
      List<? extends Operation> operations,
      Map<ReplicaId, Long> lastCounters,
      long maxClockJump) {
    Map<OperationId, Operation> distinct = new LinkedHashMap<>();
    for (Operation operation : operations) {
      Operation twin = distinct.putIfAbsent(operation.id(), operation);
      if (twin != null) {
        requireSame(twin, operation);
      }
    }
    Set<OperationId> logged = findLogged(transaction, distinct, lastCounters);
    List<Operation> fresh = new ArrayList<>(distinct.size());
    int late = 0;
    CanonicalKey head = state.head();
    for (Operation operation : distinct.values()) {
      if (logged.contains(operation.id())) {
        continue;
      }
      requireClock(operation, head, maxClockJump);
      fresh.add(operation);
      if (head != null && operation.key().compareTo(head) < 0) {
        late++;
      }
    }
    return new Incoming(fresh, operations.size() - fresh.size(), late);
  }

  /** A counter beyond the largest logged one is new, so ordinary traffic looks nothing up (R2). */
  private static Set<OperationId> findLogged(
      ReadTransaction transaction,
      Map<OperationId, Operation> operations,
      Map<ReplicaId, Long> last) {
    List<OperationId> suspects =
        operations.keySet().stream()
            .filter(id -> id.counter() <= last.getOrDefault(id.replica(), 0L))
            .toList();
    if (suspects.isEmpty()) {
      return Set.of();
    }
    Map<OperationId, LoggedOperation> logged = transaction.operations(suspects);
    logged.forEach(
        (id, entry) -> {
          Operation operation = operations.get(id);
          if (operation != null) {
            requireSame(entry.operation(), operation);
          }
        });
    return logged.keySet();
  }

  private static void requireSame(Operation known, Operation operation) {
    if (!known.equals(operation)) {
      throw TidemarkException.of(ErrorCode.OPERATION_CONFLICT)
          .with(Detail.OPERATION, operation.id())
          .with(Detail.NODE, operation.node())
          .with(Detail.REMEDY, "the replica id was used twice; give one of its writers a new one")
          .build();
    }
  }

  static void requireClock(Operation operation, @Nullable CanonicalKey head, long maxClockJump) {
    long now = head == null ? 0 : head.lamport();
    if (operation.lamport() - now > maxClockJump) {
      throw TidemarkException.of(ErrorCode.CLOCK_JUMP)
          .with(Detail.OPERATION, operation.id())
          .with(Detail.ACTUAL, operation.lamport())
          .with(Detail.LIMIT, now + maxClockJump)
          .build();
    }
  }
}

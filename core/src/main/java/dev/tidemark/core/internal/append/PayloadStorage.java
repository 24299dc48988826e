package dev.tidemark.core.internal.append;

import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.core.internal.payload.PayloadLayout;
import dev.tidemark.core.internal.payload.PayloadPieces;
import dev.tidemark.core.internal.payload.StagedTwins;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Stores the payloads that are too large to stand in the log. */
final class PayloadStorage {
  private PayloadStorage() {}

  /** Writes large payloads to their place and returns the operations as the log holds them. */
  static List<Operation> store(WriteTransaction transaction, List<Operation> operations) {
    discardStaged(transaction, operations);
    List<Operation> stored = new ArrayList<>(operations.size());
    for (Operation operation : operations) {
      if (isStoredApart(operation) && operation instanceof Operation.PayloadCarrying carrying) {
        Payload payload = carrying.payload();
        if (payload != null) {
          PayloadPieces.write(transaction, operation.id(), 0, payload.toByteArray());
          stored.add(carrying.withPayload(Payload.reference(payload.size(), payload.digest())));
          continue;
        }
      }
      stored.add(operation);
    }
    return stored;
  }

  private static boolean isStoredApart(Operation operation) {
    if (!(operation instanceof Operation.PayloadCarrying carrying)) {
      return false;
    }
    Payload payload = carrying.payload();
    return payload != null && payload.isInline() && payload.size() > PayloadLayout.INLINE_BYTES;
  }

  private static void discardStaged(WriteTransaction transaction, List<Operation> operations) {
    Set<OperationId> large = new LinkedHashSet<>();
    for (Operation operation : operations) {
      if (isStoredApart(operation)) {
        large.add(operation.id());
      }
    }
    if (large.isEmpty()) {
      return;
    }
    StagedTwins.discard(transaction, large);
  }
}

package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Position;
import dev.tidemark.core.internal.payload.PayloadLayout;
import dev.tidemark.core.internal.payload.PayloadPieces;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.List;

/** Appends as the engine does, without a tree. */
public final class TestLog {
  private TestLog() {}

  public static AppendResult append(TestStore store, Operation... operations) {
    return store.write(
        transaction -> append(transaction, List.of(operations), CatchUpPolicy.immediate()));
  }

  public static AppendResult append(
      WriteTransaction transaction, List<? extends Operation> operations, CatchUpPolicy policy) {
    DocumentState state = transaction.state();
    List<LoggedOperation> fresh = new ArrayList<>();
    int known = 0;
    for (Operation operation : operations) {
      LoggedOperation logged = transaction.operations(List.of(operation.id())).get(operation.id());
      if (logged != null) {
        FragmentStage.requireSame(logged.operation(), operation);
        known++;
        continue;
      }
      Position position = new Position(state.version() + 1, fresh.size());
      fresh.add(new LoggedOperation(position, stored(transaction, operation)));
    }
    transaction.appendLog(fresh);
    long version = state.version() + (fresh.isEmpty() ? 0 : 1);
    transaction.putState(
        new DocumentState(
            version,
            state.operations() + fresh.size(),
            null,
            null,
            new Position(version, 0),
            0,
            null));
    return new AppendResult(
        version,
        fresh.size(),
        known,
        0,
        new ChangeSet(transaction.document(), version, List.of()),
        CatchUp.NONE,
        null);
  }

  private static Operation stored(WriteTransaction transaction, Operation operation) {
    Payload payload = OperationWriter.payloadOf(operation);
    if (!(operation instanceof Operation.PayloadCarrying carrying)
        || payload == null
        || !payload.isInline()
        || payload.size() <= PayloadLayout.INLINE_BYTES) {
      return operation;
    }
    if (transaction.stagedPayloads(List.of(operation.id())).containsKey(operation.id())) {
      transaction.removePayload(operation.id(), Integer.MAX_VALUE);
      transaction.removeStagedPayload(operation.id());
    }
    PayloadPieces.write(transaction, operation.id(), 0, payload.toByteArray());
    return carrying.withPayload(Payload.reference(payload.size(), payload.digest()));
  }
}

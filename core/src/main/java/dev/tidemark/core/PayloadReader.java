package dev.tidemark.core;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.payload.StoredPayloadInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Opens payloads as streams that hold no transaction between two reads. */
final class PayloadReader {
  private final DocumentId document;
  private final StoreContext context;

  PayloadReader(DocumentId document, StoreContext context) {
    this.document = document;
    this.context = context;
  }

  InputStream open(NodeId node, Optional<Operation.PayloadCarrying> write) {
    Operation.PayloadCarrying operation =
        write.orElseThrow(
            () ->
                TidemarkException.of(ErrorCode.NODE_NOT_FOUND)
                    .with(Detail.NODE, node)
                    .with(Detail.PROBLEM, "not visible, or without payload")
                    .build());
    return open(operation);
  }

  InputStream open(OperationId operation) {
    LoggedOperation logged =
        context
            .units()
            .read(
                document,
                transaction ->
                    Optional.ofNullable(transaction.operations(List.of(operation)).get(operation)))
            .orElse(null);
    if (logged != null
        && logged.operation() instanceof Operation.PayloadCarrying carrying
        && carrying.payload() != null) {
      return open(carrying);
    }
    throw TidemarkException.of(ErrorCode.OPERATION_NOT_FOUND)
        .with(Detail.OPERATION, operation)
        .with(Detail.PROBLEM, "not in the log, or without payload")
        .build();
  }

  private InputStream open(Operation.PayloadCarrying operation) {
    Payload payload = operation.payload();
    if (payload == null) {
      throw new IllegalArgumentException("no payload: " + operation.id());
    }
    if (payload.isInline()) {
      return new ByteArrayInputStream(payload.toByteArray());
    }
    return new StoredPayloadInputStream(
        (offset, length) ->
            context
                .units()
                .read(
                    document,
                    transaction -> transaction.readPayload(operation.id(), offset, length)),
        payload.size());
  }
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.List;

/** A document of many nodes. */
final class LoadedDocument {
  private static final ReplicaId REPLICA = ReplicaId.fromHex("a1b2c3d4e5f60718");

  private LoadedDocument() {}

  /** All in one version: the middle of it must be as near as its start. */
  static void load(String uri, DocumentId document, int count) {
    List<Operation> operations = new ArrayList<>();
    for (long n = 1; n <= count; n++) {
      operations.add(
          new Operation.Insert(
              new OperationId(REPLICA, n),
              n,
              new NodeId(1, n),
              n % 10 == 0 ? NodeId.ROOT : new NodeId(1, n / 10 * 10),
              OrderKey.of(new byte[] {(byte) n}),
              null));
    }
    operations.removeIf(
        each -> ((Operation.Insert) each).parent().equals(((Operation.Insert) each).node()));
    try (Tidemark tidemark = Tidemark.open(uri)) {
      tidemark.document(document).append(operations);
    }
  }
}

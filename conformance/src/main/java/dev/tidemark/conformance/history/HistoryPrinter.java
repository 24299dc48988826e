package dev.tidemark.conformance.history;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes operations in the notation of the design. */
final class HistoryPrinter {
  private HistoryPrinter() {}

  static String print(Operation operation) {
    return id(operation.id()) + "@" + operation.lamport() + " " + verb(operation);
  }

  private static String verb(Operation operation) {
    String node = Names.name(operation.node());
    if (operation instanceof Operation.Insert insert) {
      String payload = insert.payload() == null ? "" : " payload " + text(insert.payload());
      return "insert "
          + node
          + "/"
          + Names.name(insert.parent())
          + key(insert.orderKey())
          + payload;
    } else if (operation instanceof Operation.Move move) {
      return "move " + node + ">" + Names.name(move.parent()) + key(move.orderKey());
    } else if (operation instanceof Operation.SetPayload write) {
      return write.payload() == null
          ? "clear " + node
          : "write " + node + " " + text(write.payload());
    }
    return "delete " + node + " knowing " + known(((Operation.Delete) operation).known());
  }

  private static String id(OperationId id) {
    return Names.name(id.replica()) + String.valueOf(id.counter());
  }

  private static String key(OrderKey orderKey) {
    return orderKey.length() == 0 ? "" : " key " + orderKey.toHex();
  }

  private static String text(Payload payload) {
    return new String(payload.toByteArray(), StandardCharsets.UTF_8);
  }

  private static String known(KnownOperations known) {
    List<String> ids = new ArrayList<>();
    known
        .ranges()
        .forEach(
            (replica, ranges) -> {
              for (KnownOperations.CounterRange range : ranges) {
                for (long counter = range.from(); counter <= range.to(); counter++) {
                  ids.add(id(new OperationId(replica, counter)));
                }
              }
            });
    return ids.isEmpty() ? "nothing" : String.join(", ", ids);
  }
}

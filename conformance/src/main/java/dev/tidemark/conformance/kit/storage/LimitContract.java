package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.key;
import static dev.tidemark.conformance.kit.Samples.node;
import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.Samples;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/** Limits below one, which an engine may take for none. */
public abstract class LimitContract extends StorageContract {
  private static final OperationId ID = Samples.key(1).id();

  private static final List<HistoryRange> HISTORIES = List.of(HistoryRange.of(node(1)));

  private static final Map<String, ObjIntConsumer<ReadTransaction>> READING =
      Map.of(
          "contentOperations",
          (transaction, limit) -> transaction.contentOperations(HISTORIES, limit),
          "structuralOperations",
          (transaction, limit) -> transaction.structuralOperations(HISTORIES, limit),
          "children",
          (transaction, limit) -> transaction.children(node(1), null, limit),
          "childrenBackwards",
          (transaction, limit) -> transaction.childrenBackwards(node(1), null, limit),
          "nodesAfter",
          (transaction, limit) -> transaction.nodesAfter(null, limit),
          "innerOperations",
          (transaction, limit) -> transaction.innerOperations(key(1), key(9), limit),
          "indexedNodesAfter",
          (transaction, limit) -> transaction.indexedNodesAfter(null, limit),
          "parentRowsAfter",
          (transaction, limit) -> transaction.parentRowsAfter(null, limit),
          "stagedBefore",
          (transaction, limit) -> transaction.stagedBefore(Long.MAX_VALUE, limit),
          "readPayload",
          (transaction, limit) -> transaction.readPayload(ID, 0, limit));

  private static final Map<String, ObjIntConsumer<WriteTransaction>> WRITING =
      Map.of(
          "removeTree",
          (transaction, limit) -> transaction.removeTree(limit),
          "removePayload",
          (transaction, limit) -> transaction.removePayload(ID, limit));

  /** For subclasses. */
  protected LimitContract() {}

  @Test
  @Rule("B5")
  void aLimitThatLetsNothingThroughIsRefused() {
    for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
      READING.forEach(
          (method, reading) ->
              assertRefused(
                  ErrorCode.INVALID_ARGUMENT,
                  method + " with the limit " + limit,
                  () -> reading.accept(now(), limit)));
      WRITING.forEach(
          (method, writing) ->
              assertRefused(
                  ErrorCode.INVALID_ARGUMENT,
                  method + " with the limit " + limit,
                  () -> write(transaction -> writing.accept(transaction, limit))));
    }
  }
}

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
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Test;

/** Limits below one, which an engine may take for none. */
public abstract class LimitContract extends StorageContract {
  private static final OperationId ID = Samples.key(1).id();

  private static final List<HistoryRange> HISTORIES = List.of(HistoryRange.of(node(1)));

  private static final List<ObjIntConsumer<ReadTransaction>> READING =
      List.of(
          (transaction, limit) -> transaction.contentOperations(HISTORIES, limit),
          (transaction, limit) -> transaction.structuralOperations(HISTORIES, limit),
          (transaction, limit) -> transaction.children(node(1), null, limit),
          (transaction, limit) -> transaction.childrenBackwards(node(1), null, limit),
          (transaction, limit) -> transaction.nodesAfter(null, limit),
          (transaction, limit) -> transaction.innerOperations(key(1), key(9), limit),
          (transaction, limit) -> transaction.indexedNodesAfter(null, limit),
          (transaction, limit) -> transaction.parentRowsAfter(null, limit),
          (transaction, limit) -> transaction.stagedBefore(Long.MAX_VALUE, limit),
          (transaction, limit) -> transaction.readPayload(ID, 0, limit));

  private static final List<ObjIntConsumer<WriteTransaction>> WRITING =
      List.of(
          (transaction, limit) -> transaction.removeTree(limit),
          (transaction, limit) -> transaction.removePayload(ID, limit));

  /** For subclasses. */
  protected LimitContract() {}

  @Test
  @Rule("B5")
  void aLimitThatLetsNothingThroughIsRefused() {
    for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
      for (ObjIntConsumer<ReadTransaction> reading : READING) {
        assertRefused(ErrorCode.INVALID_ARGUMENT, () -> reading.accept(now(), limit));
      }
      for (ObjIntConsumer<WriteTransaction> writing : WRITING) {
        assertRefused(
            ErrorCode.INVALID_ARGUMENT,
            () -> write(transaction -> writing.accept(transaction, limit)));
      }
    }
  }
}

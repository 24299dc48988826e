package dev.tidemark.conformance.memory;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Changes a copy of the committed rows, and takes their place at the commit. */
final class MemoryWriteTransaction extends MemoryReadTransaction implements WriteTransaction {
  private final MemoryStore.Slot slot;
  private boolean hasContent;
  private final Consumer<MemoryWriteTransaction> onEnd;
  private boolean isEnded;

  /** Begins; the slot is locked by the caller, and unlocked here at the end. */
  MemoryWriteTransaction(
      InMemoryBackend backend,
      DocumentId document,
      MemoryStore.Slot slot,
      Consumer<MemoryWriteTransaction> onEnd) {
    super(backend, document, new Rows(slot.committed()));
    this.slot = slot;
    this.onEnd = onEnd;
  }

  /** The rows to add some to, which is what makes the document. */
  private Rows added() {
    hasContent = true;
    return rows();
  }

  @Override
  public void putState(DocumentState state) {
    added().state = state;
  }

  @Override
  public void appendLog(List<LoggedOperation> operations) {
    operations.forEach(operation -> added().append(operation));
  }

  @Override
  public void putNodes(Collection<NodeRow> rows) {
    rows.forEach(row -> added().put(row));
  }

  @Override
  public void removeNodes(Collection<NodeId> nodes) {
    nodes.forEach(rows()::removeNode);
  }

  @Override
  public void putStructural(Collection<StructuralRow> rows) {
    rows.forEach(row -> added().put(row));
  }

  @Override
  public void putDeletions(Map<NodeId, KnownOperations> deletions) {
    if (!deletions.isEmpty()) {
      added().deletions = rows().deletions.plusAll(deletions);
    }
  }

  @Override
  public void putParentRows(Collection<ParentRow> rows) {
    rows.forEach(row -> added().parents = rows().parents.plus(row, row));
  }

  @Override
  public void removeParentRows(Collection<ParentRow> rows) {
    rows().parents = rows().parents.minusAll(rows);
  }

  @Override
  public int removeTree(int limit) {
    checkLimit(limit);
    Rows rows = rows();
    int removed = removeSome(rows.nodes.keySet().stream(), limit, rows::removeNode);
    removed +=
        removeSome(
            rows.deletions.keySet().stream(),
            limit - removed,
            node -> rows.deletions = rows.deletions.minus(node));
    removed +=
        removeSome(
            rows.structural.values().stream().flatMap(entries -> entries.values().stream()),
            limit - removed,
            rows::remove);
    return removed
        + removeSome(
            rows.parents.keySet().stream(),
            limit - removed,
            row -> rows.parents = rows.parents.minus(row));
  }

  @Override
  public void writePayload(OperationId operation, long offset, byte[] bytes) {
    added().putPayload(operation, offset, bytes);
  }

  @Override
  public int removePayload(OperationId operation, int limit) {
    checkLimit(limit);
    return removeSome(
        Rows.entries(rows().payloads, operation).keySet().stream(),
        limit,
        offset -> rows().removePayload(operation, offset));
  }

  @Override
  public void putStagedPayload(StagedPayload staged) {
    added().staged = rows().staged.plus(staged.operation().id(), staged);
  }

  @Override
  public void removeStagedPayload(OperationId operation) {
    rows().staged = rows().staged.minus(operation);
  }

  @Override
  public void putProgress(SyncProgress progress) {
    added().progress = rows().progress.plus(progress.peer(), progress);
  }

  @Override
  public synchronized void commit() {
    slot.commit(rows(), hasContent);
    close();
  }

  /** Also called by whoever closes the store, maybe in the midst of a commit. */
  @Override
  public synchronized void close() {
    super.close();
    if (!isEnded) {
      isEnded = true;
      onEnd.accept(this);
      slot.unlock();
    }
  }

  private static <K> int removeSome(Stream<K> keys, int limit, Consumer<K> remove) {
    List<K> some = keys.limit(limit).toList();
    some.forEach(remove);
    return some.size();
  }
}

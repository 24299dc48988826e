package dev.tidemark.core;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot of a follower, lent to whoever reads its tree. The follower may be closed by another
 * thread at any time, and its connection then goes to the next reader, so each call takes the
 * follower's turn: closing waits for the call that goes on, and the next one fails with {@code
 * CLOSED}.
 */
final class LentTransaction implements ReadTransaction {
  private final ReadTransaction snapshot;
  private final Lock turn;
  private final Runnable requireOpen;

  /**
   * Lends a snapshot.
   *
   * @param snapshot the snapshot
   * @param turn held while it is read, and while it is closed
   * @param requireOpen throws when its owner is closed
   */
  LentTransaction(ReadTransaction snapshot, Lock turn, Runnable requireOpen) {
    this.snapshot = snapshot;
    this.turn = turn;
    this.requireOpen = requireOpen;
  }

  private <T> T read(Supplier<T> call) {
    turn.lock();
    try {
      requireOpen.run();
      return call.get();
    } finally {
      turn.unlock();
    }
  }

  @Override
  public DocumentId document() {
    return read(() -> snapshot.document());
  }

  @Override
  public DocumentState state() {
    return read(() -> snapshot.state());
  }

  @Override
  public void scanLog(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor) {
    read(
        () -> {
          snapshot.scanLog(from, throughVersion, visitor);
          return true;
        });
  }

  @Override
  public Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids) {
    return read(() -> snapshot.operations(ids));
  }

  @Override
  public Map<OperationId, Position> positions(Collection<OperationId> ids) {
    return read(() -> snapshot.positions(ids));
  }

  @Override
  public Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit) {
    return read(() -> snapshot.contentOperations(ranges, limit));
  }

  @Override
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    return read(() -> snapshot.lastCounters(replicas));
  }

  @Override
  public Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes) {
    return read(() -> snapshot.nodes(nodes));
  }

  @Override
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    return read(() -> snapshot.chains(nodes));
  }

  @Override
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    return read(() -> snapshot.children(parent, after, limit));
  }

  @Override
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    return read(() -> snapshot.childrenBackwards(parent, before, limit));
  }

  @Override
  public List<NodeRow> nodesAfter(@Nullable NodeId after, int limit) {
    return read(() -> snapshot.nodesAfter(after, limit));
  }

  @Override
  public Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes) {
    return read(() -> snapshot.deletions(nodes));
  }

  @Override
  public Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit) {
    return read(() -> snapshot.structuralOperations(ranges, limit));
  }

  @Override
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    return read(() -> snapshot.lastEffective(ranges));
  }

  @Override
  public List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit) {
    return read(() -> snapshot.innerOperations(from, through, limit));
  }

  @Override
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    return read(() -> snapshot.indexedNodesAfter(after, limit));
  }

  @Override
  public void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    read(
        () -> {
          snapshot.scanParent(parent, from, visitor);
          return true;
        });
  }

  @Override
  public List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit) {
    return read(() -> snapshot.parentRowsAfter(after, limit));
  }

  @Override
  public byte[] readPayload(OperationId operation, long offset, int length) {
    return read(() -> snapshot.readPayload(operation, offset, length));
  }

  @Override
  public Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids) {
    return read(() -> snapshot.stagedPayloads(ids));
  }

  @Override
  public List<StagedPayload> stagedBefore(long touchedBefore, int limit) {
    return read(() -> snapshot.stagedBefore(touchedBefore, limit));
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return read(() -> snapshot.progress(peer));
  }

  /** Does nothing: its owner closes it. */
  @Override
  public void close() {}
}

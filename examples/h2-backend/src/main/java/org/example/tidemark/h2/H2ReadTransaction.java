package org.example.tidemark.h2;

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
import org.jspecify.annotations.Nullable;

/** Reads the rows of one document at one snapshot: hands each call to the table it is about. */
class H2ReadTransaction implements ReadTransaction {
  final H2Backend backend;
  final Rows rows;

  H2ReadTransaction(H2Backend backend, Rows rows) {
    this.backend = backend;
    this.rows = rows;
  }

  @Override
  public DocumentId document() {
    return rows.document();
  }

  @Override
  public DocumentState state() {
    return new DocumentTable(rows).state();
  }

  @Override
  public void scanLog(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor) {
    new OperationTable(rows).scan(from, throughVersion, visitor);
  }

  @Override
  public Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids) {
    return new OperationTable(rows).find(ids);
  }

  @Override
  public Map<OperationId, Position> positions(Collection<OperationId> ids) {
    return new OperationTable(rows).positions(ids);
  }

  @Override
  public Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit) {
    return new OperationTable(rows).content(ranges, limit);
  }

  @Override
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    return new OperationTable(rows).lastCounters(replicas);
  }

  @Override
  public Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes) {
    return new NodeTable(rows).find(nodes);
  }

  @Override
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    return new NodeTable(rows).chains(nodes);
  }

  @Override
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    return new NodeTable(rows).children(parent, after, limit);
  }

  @Override
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    return new NodeTable(rows).childrenBackwards(parent, before, limit);
  }

  @Override
  public List<NodeRow> nodesAfter(@Nullable NodeId after, int limit) {
    return new NodeTable(rows).after(after, limit);
  }

  @Override
  public Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes) {
    return new DeletionTable(rows).find(nodes);
  }

  @Override
  public Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit) {
    return new StructuralTable(rows).histories(ranges, limit);
  }

  @Override
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    return new StructuralTable(rows).lastEffective(ranges);
  }

  @Override
  public List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit) {
    return new StructuralTable(rows).inner(from, through, limit);
  }

  @Override
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    return new StructuralTable(rows).indexedNodesAfter(after, limit);
  }

  @Override
  public void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    new ParentTable(rows).scan(parent, from, visitor);
  }

  @Override
  public List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit) {
    return new ParentTable(rows).after(after, limit);
  }

  @Override
  public byte[] readPayload(OperationId operation, long offset, int length) {
    return new PieceTable(rows).read(operation, offset, length);
  }

  @Override
  public Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids) {
    return new StagedTable(rows).find(ids);
  }

  @Override
  public List<StagedPayload> stagedBefore(long touchedBefore, int limit) {
    return new StagedTable(rows).before(touchedBefore, limit);
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return new DocumentTable(rows).progress(peer);
  }

  @Override
  public void close() {
    if (rows.state().end()) {
      backend.end(this, rows.session());
    }
  }

  /** Ends with the store. */
  void abandon() {
    if (rows.state().end()) {
      rows.session().discard();
    }
  }
}

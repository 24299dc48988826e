package org.example.tidemark.h2;

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
import dev.tidemark.spi.support.WriterTurns;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes the rows of one document, in the turn of its writers. */
final class H2WriteTransaction extends H2ReadTransaction implements WriteTransaction {
  private final WriterTurns.Turn turn;

  H2WriteTransaction(H2Backend backend, Rows rows, WriterTurns.Turn turn) {
    super(backend, rows);
    this.turn = turn;
  }

  @Override
  public void putState(DocumentState state) {
    new DocumentTable(rows).putState(state);
  }

  @Override
  public void appendLog(List<LoggedOperation> operations) {
    new OperationTable(rows).append(operations);
  }

  @Override
  public void putNodes(Collection<NodeRow> nodes) {
    new NodeTable(rows).put(nodes);
  }

  @Override
  public void removeNodes(Collection<NodeId> nodes) {
    new NodeTable(rows).remove(nodes);
  }

  @Override
  public void putStructural(Collection<StructuralRow> entries) {
    new StructuralTable(rows).put(entries);
  }

  @Override
  public void putDeletions(Map<NodeId, KnownOperations> deletions) {
    new DeletionTable(rows).put(deletions);
  }

  @Override
  public void putParentRows(Collection<ParentRow> entries) {
    new ParentTable(rows).put(entries);
  }

  @Override
  public void removeParentRows(Collection<ParentRow> entries) {
    new ParentTable(rows).remove(entries);
  }

  @Override
  public int removeTree(int limit) {
    rows.state().ensurePositive(limit);
    int removed = 0;
    for (String table : List.of("node", "deletion", "structural", "parent_operation")) {
      if (removed < limit) {
        String sql = "DELETE FROM " + table + " WHERE document = ? LIMIT ?";
        removed += rows.removeSome(sql, limit - removed);
      }
    }
    return removed;
  }

  @Override
  public void writePayload(OperationId operation, long offset, byte[] bytes) {
    new PieceTable(rows).write(operation, offset, bytes);
  }

  @Override
  public int removePayload(OperationId operation, int limit) {
    return new PieceTable(rows).remove(operation, limit);
  }

  @Override
  public void putStagedPayload(StagedPayload staged) {
    new StagedTable(rows).put(staged);
  }

  @Override
  public void removeStagedPayload(OperationId operation) {
    new StagedTable(rows).remove(operation);
  }

  @Override
  public void putProgress(SyncProgress progress) {
    new DocumentTable(rows).putProgress(progress);
  }

  // tutorial: commit
  @Override
  public void commit() {
    rows.state().ensureCommittable();
    try {
      rows.session().commit();
      // H2 writes half a second later, unless it is told to do so now.
      rows.session().update(backend.waitsForMedium() ? "CHECKPOINT SYNC" : "CHECKPOINT");
    } catch (SQLException e) {
      throw rows.state().failed(backend.translateCommit(e));
    }
    close();
  }

  // tutorial: end

  @Override
  public void close() {
    super.close();
    turn.end();
  }

  @Override
  void abandon() {
    super.abandon();
    turn.end();
  }
}

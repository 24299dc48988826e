package dev.tidemark.sqlite.internal;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import dev.tidemark.sqlite.internal.store.Session;
import dev.tidemark.sqlite.internal.store.Transactions;
import dev.tidemark.sqlite.internal.table.DocumentRow;
import dev.tidemark.sqlite.internal.table.TreeRemoval;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes a document, in the writer's turn. */
final class SqliteWriteTransaction extends SqliteReadTransaction implements WriteTransaction {
  private final WriterTurn turn;
  private boolean isCommitted;

  SqliteWriteTransaction(
      SqliteBackend backend, Session session, DocumentRow document, WriterTurn turn) {
    super(backend, session, document, null);
    this.turn = turn;
  }

  private interface Change {
    void run() throws SQLException;
  }

  /** Writes rows, which is what makes the document; a commit alone makes none. */
  private void add(Change rows) {
    change(
        () -> {
          tables.document().create();
          rows.run();
        });
  }

  private void addAll(boolean isEmpty, Change rows) {
    if (isEmpty) {
      ensureOpen();
    } else {
      add(rows);
    }
  }

  private void change(Change work) {
    use(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  TidemarkException failed(SQLException cause) {
    return life.failed(super.failed(cause));
  }

  @Override
  public void putState(DocumentState state) {
    add(() -> tables.document().putState(state));
  }

  @Override
  public void appendLog(List<LoggedOperation> operations) {
    addAll(operations.isEmpty(), () -> tables.operations().append(operations));
  }

  @Override
  public void putNodes(Collection<NodeRow> rows) {
    addAll(rows.isEmpty(), () -> tables.nodes().put(rows));
  }

  @Override
  public void removeNodes(Collection<NodeId> nodes) {
    change(() -> tables.nodes().remove(nodes));
  }

  @Override
  public void putStructural(Collection<StructuralRow> rows) {
    addAll(rows.isEmpty(), () -> tables.structural().put(rows));
  }

  @Override
  public void putDeletions(Map<NodeId, KnownOperations> deletions) {
    addAll(deletions.isEmpty(), () -> tables.deletions().put(deletions));
  }

  @Override
  public void putParentRows(Collection<ParentRow> rows) {
    addAll(rows.isEmpty(), () -> tables.parents().put(rows));
  }

  @Override
  public void removeParentRows(Collection<ParentRow> rows) {
    change(() -> tables.parents().remove(rows));
  }

  @Override
  public int removeTree(int limit) {
    ensurePositive(limit);
    return use(() -> TreeRemoval.remove(session, tables.document(), limit));
  }

  @Override
  public void writePayload(OperationId operation, long offset, byte[] bytes) {
    add(() -> tables.pieces().write(operation, offset, bytes));
  }

  @Override
  public int removePayload(OperationId operation, int limit) {
    ensurePositive(limit);
    return use(() -> tables.pieces().remove(operation, limit));
  }

  @Override
  public void putStagedPayload(StagedPayload staged) {
    add(() -> tables.staged().put(staged));
  }

  @Override
  public void removeStagedPayload(OperationId operation) {
    change(() -> tables.staged().remove(operation));
  }

  @Override
  public void putProgress(SyncProgress progress) {
    add(() -> tables.progress().put(progress));
  }

  @Override
  public void commit() {
    life.ensureCommittable();
    change(() -> session.execute("COMMIT"));
    isCommitted = true;
    // Before the log is looked after, which waits for readers, and these for the end of writing.
    backend.scans().written();
    turn.committed(session);
    close();
  }

  @Override
  void end() {
    try {
      if (!isCommitted) {
        Transactions.rollBack(session);
      }
    } catch (SQLException e) {
      // The store was closed, which has rolled back as well; SQLite ends every transaction.
    } finally {
      if (!isCommitted) {
        backend.scans().written();
      }
      turn.end();
    }
  }
}

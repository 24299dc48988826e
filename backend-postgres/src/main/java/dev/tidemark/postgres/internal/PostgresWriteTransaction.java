package dev.tidemark.postgres.internal;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.store.SqlFailures;
import dev.tidemark.postgres.internal.store.SqlFailures.Moment;
import dev.tidemark.postgres.internal.table.DocumentRow;
import dev.tidemark.postgres.internal.table.TreeRemoval;
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
import org.jspecify.annotations.Nullable;

/** Writes a document, in the turn of its writers. */
final class PostgresWriteTransaction extends PostgresReadTransaction implements WriteTransaction {
  private final WriterTurns.Turn turn;

  /** Whether rows were added, which is what makes a document; a commit alone makes none. */
  private boolean isAdding;

  private boolean isRemoving;

  /** How far the tree is removed; null again once a row of it is put, which may be before that. */
  private @Nullable TreeRemoval removal;

  PostgresWriteTransaction(
      PostgresBackend backend, Session session, DocumentRow document, WriterTurns.Turn turn) {
    super(backend, session, document);
    this.turn = turn;
  }

  private interface Change {
    void run() throws SQLException;
  }

  private void add(Change rows) {
    use(
        () -> {
          rows.run();
          isAdding = true;
          return true;
        });
  }

  private void addAll(boolean isEmpty, Change rows) {
    if (isEmpty) {
      ensureOpen();
    } else {
      add(rows);
    }
  }

  private int remove(Use<Integer> work) {
    isRemoving = true;
    return use(work);
  }

  @Override
  TidemarkException failed(SQLException cause) {
    return life.failed(super.failed(wasOvertaken(cause) ? overtaken(cause) : cause));
  }

  /**
   * Whether a row was in the way because another writer came between, for whom the lock of the
   * document was none. It is asked in a transaction of its own, as this one is over.
   */
  private boolean wasOvertaken(SQLException failure) {
    if (!SqlFailures.state(failure).equals("23505")) {
      return false;
    }
    try {
      session.startAgain();
      return tables.document().wasChangedMeanwhile();
    } catch (SQLException e) {
      // The next try finds out.
      failure.addSuppressed(e);
      return true;
    }
  }

  private static SQLException overtaken(SQLException failure) {
    return new SQLException("another writer has changed the document", "40001", failure);
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
    removal = null;
    addAll(rows.isEmpty(), () -> tables.nodes().put(rows));
  }

  @Override
  public void removeNodes(Collection<NodeId> nodes) {
    remove(() -> tables.nodes().remove(nodes));
  }

  @Override
  public void putStructural(Collection<StructuralRow> rows) {
    removal = null;
    addAll(rows.isEmpty(), () -> tables.structural().put(rows));
  }

  @Override
  public void putDeletions(Map<NodeId, KnownOperations> deletions) {
    removal = null;
    addAll(deletions.isEmpty(), () -> tables.deletions().put(deletions));
  }

  @Override
  public int removeTree(int limit) {
    ensurePositive(limit);
    return remove(
        () -> {
          TreeRemoval current =
              removal == null ? new TreeRemoval(session, tables.document()) : removal;
          removal = current;
          return current.remove(limit);
        });
  }

  @Override
  public void writePayload(OperationId operation, long offset, byte[] bytes) {
    add(() -> tables.pieces().write(operation, offset, bytes));
  }

  @Override
  public int removePayload(OperationId operation, int limit) {
    ensurePositive(limit);
    return remove(() -> tables.pieces().remove(operation, limit));
  }

  @Override
  public void putStagedPayload(StagedPayload staged) {
    add(() -> tables.staged().put(staged));
  }

  @Override
  public void removeStagedPayload(OperationId operation) {
    remove(() -> tables.staged().remove(operation));
  }

  @Override
  public void putProgress(SyncProgress progress) {
    add(() -> tables.progress().put(progress));
  }

  @Override
  public void putParentRows(Collection<ParentRow> rows) {
    removal = null;
    addAll(rows.isEmpty(), () -> tables.parents().put(rows));
  }

  @Override
  public void removeParentRows(Collection<ParentRow> rows) {
    remove(() -> tables.parents().remove(rows));
  }

  @Override
  public void commit() {
    life.ensureCommittable();
    if (isAdding || (isRemoving && tables.document().exists())) {
      use(
          () -> {
            tables.document().store();
            return true;
          });
      commitNow();
    }
    // Otherwise nothing is lost with it, and a row of the document that was made to be locked goes.
    close();
  }

  private void commitNow() {
    try {
      session.commit();
    } catch (SQLException e) {
      throw life.failed(backend.translate(e, Moment.COMMITTING));
    } finally {
      // Also where the answer was lost, as it may be committed.
      backend.committed(tables.document());
    }
  }

  @Override
  void end() {
    try {
      session.endAfter(null);
    } finally {
      turn.end();
    }
  }
}

package org.example.tidemark.h2;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Writes the rows of one document. */
final class H2WriteTransaction extends H2ReadTransaction implements WriteTransaction {
  private final AtomicReference<Runnable> turn;

  H2WriteTransaction(H2Backend backend, DocumentId document, Session session, Runnable turn)
      throws SQLException {
    super(backend, document, session);
    this.turn = new AtomicReference<>(turn);
  }

  // tutorial: write
  /** Writes rows with one statement; the first row of all makes the document. */
  private <T> void write(String sql, Collection<T> rows, Function<T, Object[]> parameters) {
    if (!rows.isEmpty()) {
      work(
          session -> {
            if (!exists()) {
              session.update("INSERT INTO document(document) VALUES (?)", key());
              made();
            }
            session.batch(sql, rows.stream().map(parameters).toList());
            return null;
          });
    }
  }

  @Override
  public void putNodes(Collection<NodeRow> rows) {
    write(
        """
        MERGE INTO node(document, node, parent, sibling, body) KEY(document, node)
        VALUES (?, ?, ?, ?, ?)\
        """,
        rows,
        row -> {
          PlacementRow placement = row.placement();
          return new Object[] {
            key(),
            row.node().toByteArray(),
            placement == null ? null : placement.parent().toByteArray(),
            placement == null ? null : Keys.of(placement.siblingKey(row.node())),
            RowCodec.encode(row)
          };
        });
  }

  // tutorial: end

  @Override
  public void putState(DocumentState state) {
    write(
        "UPDATE document SET state = ? WHERE document = ?",
        List.of(state),
        row -> new Object[] {RowCodec.encode(row), key()});
  }

  @Override
  public void appendLog(List<LoggedOperation> operations) {
    write(
        """
        INSERT INTO operation(document, position, id, content_node, content_key, body)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        operations,
        row -> {
          Operation operation = row.operation();
          boolean isContent = !(operation instanceof Operation.Structural);
          return new Object[] {
            key(),
            Keys.of(row.position()),
            Keys.of(operation.id()),
            isContent ? operation.node().toByteArray() : null,
            isContent ? Keys.of(operation.key()) : null,
            RowCodec.encode(operation)
          };
        });
  }

  @Override
  public void removeNodes(Collection<NodeId> nodes) {
    remove(
        "DELETE FROM node WHERE document = ? AND node = ?",
        nodes,
        node -> new Object[] {key(), node.toByteArray()});
  }

  private <T> void remove(String sql, Collection<T> rows, Function<T, Object[]> parameters) {
    work(
        session -> {
          session.batch(sql, rows.stream().map(parameters).toList());
          return null;
        });
  }

  @Override
  public void putStructural(Collection<StructuralRow> rows) {
    write(
        """
        MERGE INTO structural(document, node, canonical, is_effective, inner_key, body)
        KEY(document, node, canonical) VALUES (?, ?, ?, ?, ?, ?)\
        """,
        rows,
        row -> {
          byte[] canonical = Keys.of(row.key());
          return new Object[] {
            key(),
            row.node().toByteArray(),
            canonical,
            row.isEffective(),
            row.isInner() ? canonical : null,
            RowCodec.encode(row)
          };
        });
  }

  @Override
  public void putDeletions(Map<NodeId, KnownOperations> deletions) {
    write(
        "MERGE INTO deletion(document, node, body) KEY(document, node) VALUES (?, ?, ?)",
        deletions.entrySet(),
        row -> new Object[] {key(), row.getKey().toByteArray(), RowCodec.encode(row.getValue())});
  }

  @Override
  public void putParentRows(Collection<ParentRow> rows) {
    write(
        """
        MERGE INTO parent_operation(document, place, position) KEY(document, place)
        VALUES (?, ?, ?)\
        """,
        rows,
        row ->
            new Object[] {
              key(), Keys.place(row.parent(), row.position()), Keys.of(row.position())
            });
  }

  @Override
  public void removeParentRows(Collection<ParentRow> rows) {
    remove(
        "DELETE FROM parent_operation WHERE document = ? AND place = ?",
        rows,
        row -> new Object[] {key(), Keys.place(row.parent(), row.position())});
  }

  @Override
  public int removeTree(int limit) {
    checkLimit(limit);
    return work(
        session -> {
          int removed = 0;
          for (String table : List.of("node", "deletion", "structural", "parent_operation")) {
            if (removed < limit) {
              String sql = "DELETE FROM " + table + " WHERE document = ? LIMIT ?";
              removed += session.update(sql, key(), limit - removed);
            }
          }
          return removed;
        });
  }

  @Override
  public void writePayload(OperationId operation, long offset, byte[] bytes) {
    write(
        "INSERT INTO piece(document, operation, start_at, body) VALUES (?, ?, ?, ?)",
        List.of(bytes),
        row -> new Object[] {key(), Keys.of(operation), offset, row});
  }

  @Override
  public int removePayload(OperationId operation, int limit) {
    checkLimit(limit);
    return work(
        session ->
            session.update(
                "DELETE FROM piece WHERE document = ? AND operation = ? LIMIT ?",
                key(),
                Keys.of(operation),
                limit));
  }

  @Override
  public void putStagedPayload(StagedPayload staged) {
    write(
        """
        MERGE INTO staged(document, operation, touched_at, body) KEY(document, operation)
        VALUES (?, ?, ?, ?)\
        """,
        List.of(staged),
        row ->
            new Object[] {
              key(), Keys.of(row.operation().id()), row.touchedAt(), RowCodec.encode(row)
            });
  }

  @Override
  public void removeStagedPayload(OperationId operation) {
    remove(
        "DELETE FROM staged WHERE document = ? AND operation = ?",
        List.of(operation),
        id -> new Object[] {key(), Keys.of(id)});
  }

  @Override
  public void putProgress(SyncProgress progress) {
    write(
        "MERGE INTO progress(document, peer, token) KEY(document, peer) VALUES (?, ?, ?)",
        List.of(progress),
        row ->
            new Object[] {key(), row.peer().getBytes(StandardCharsets.UTF_8), row.next().token()});
  }

  // tutorial: commit
  @Override
  public void commit() {
    Session session = session();
    try {
      session.commit();
      // H2 writes half a second later, unless it is told to do so now.
      session.update(backend().waitsForMedium() ? "CHECKPOINT SYNC" : "CHECKPOINT");
    } catch (SQLException e) {
      throw backend().translateCommit(e);
    }
    close();
  }

  // tutorial: end

  @Override
  public void close() {
    super.close();
    endTurn();
  }

  @Override
  void abandon() {
    super.abandon();
    endTurn();
  }

  private void endTurn() {
    Runnable ending = turn.getAndSet(null);
    if (ending != null) {
      ending.run();
    }
  }
}

package dev.tidemark.sqlite.internal;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.support.TransactionState;
import dev.tidemark.sqlite.internal.store.ReaderPool;
import dev.tidemark.sqlite.internal.store.Session;
import dev.tidemark.sqlite.internal.store.Transactions;
import dev.tidemark.sqlite.internal.table.DocumentRow;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a document. What differs for a writer that reads is how it ends. */
class SqliteReadTransaction implements ReadTransaction {
  final SqliteBackend backend;
  final Session session;
  final Tables tables;
  private final @Nullable ReaderPool pool;
  final TransactionState life;
  private boolean hasScanned;

  SqliteReadTransaction(
      SqliteBackend backend, Session session, DocumentRow document, @Nullable ReaderPool pool) {
    this.backend = backend;
    this.session = session;
    this.tables = new Tables(session, document);
    this.life = new TransactionState(backend::ensureOpen, backend::failure);
    this.pool = pool;
  }

  /**
   * A use of the tables.
   *
   * @param <T> what it gives
   */
  interface Use<T> {
    /** Uses them. */
    T run() throws SQLException;
  }

  /** Every method passes here: whether it may run, and what its failure means. */
  final <T> T use(Use<T> work) {
    ensureOpen();
    try {
      T result = work.run();
      session.verifySnapshot();
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  final void ensureOpen() {
    life.ensureOpen();
  }

  final void ensurePositive(int limit) {
    life.ensurePositive(limit);
  }

  TidemarkException failed(SQLException failure) {
    return backend.translate(session, failure);
  }

  @Override
  public DocumentId document() {
    return tables.document().id();
  }

  @Override
  public DocumentState state() {
    ensureOpen();
    return tables.document().state();
  }

  @Override
  public void scanLog(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor) {
    ensureOpen();
    ScanTurns.Turn turn = takeTurn();
    try {
      use(
          () -> {
            tables
                .operations()
                .scan(
                    from,
                    throughVersion,
                    logged -> {
                      turn.row();
                      return visitor.visit(logged);
                    });
            return true;
          });
    } finally {
      turn.end();
    }
  }

  /** A reader waits once in its transaction at most. */
  private ScanTurns.Turn takeTurn() {
    ScanTurns turns = backend.scans();
    if (pool == null) {
      return turns.ofWriter();
    }
    boolean isFirst = !hasScanned;
    hasScanned = true;
    return isFirst ? turns.take() : turns.takeAtOnce();
  }

  @Override
  public Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids) {
    return use(() -> tables.operations().find(ids));
  }

  @Override
  public Map<OperationId, Position> positions(Collection<OperationId> ids) {
    return use(() -> tables.operations().positions(ids));
  }

  @Override
  public Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit) {
    ensurePositive(limit);
    return use(() -> tables.operations().content(ranges, limit));
  }

  @Override
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    return use(() -> tables.operations().lastCounters(replicas));
  }

  @Override
  public Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes) {
    return use(() -> tables.nodes().find(nodes));
  }

  @Override
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    return use(() -> tables.nodes().chains(nodes));
  }

  @Override
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    ensurePositive(limit);
    return use(() -> tables.nodes().children(parent, after, limit));
  }

  @Override
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    ensurePositive(limit);
    return use(() -> tables.nodes().childrenBackwards(parent, before, limit));
  }

  @Override
  public List<NodeRow> nodesAfter(@Nullable NodeId after, int limit) {
    ensurePositive(limit);
    return use(() -> tables.nodes().after(after, limit));
  }

  @Override
  public Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes) {
    return use(() -> tables.deletions().find(nodes));
  }

  @Override
  public Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit) {
    ensurePositive(limit);
    return use(() -> tables.structural().find(ranges, limit));
  }

  @Override
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    return use(() -> tables.structural().lastEffective(ranges));
  }

  @Override
  public List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit) {
    ensurePositive(limit);
    return use(() -> tables.structural().inner(from, through, limit));
  }

  @Override
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    ensurePositive(limit);
    return use(() -> tables.structural().indexedNodesAfter(after, limit));
  }

  @Override
  public void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    use(
        () -> {
          tables.parents().scan(parent, from, visitor);
          return true;
        });
  }

  @Override
  public List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit) {
    ensurePositive(limit);
    return use(() -> tables.parents().after(after, limit));
  }

  @Override
  public byte[] readPayload(OperationId operation, long offset, int length) {
    ensurePositive(length);
    Optional<byte[]> range =
        use(() -> Optional.ofNullable(tables.pieces().read(operation, offset, length)));
    return range.orElseThrow(
        () ->
            backend
                .failure(ErrorCode.PAYLOAD_MISSING)
                .with(Detail.DOCUMENT, document())
                .with(Detail.OPERATION, operation)
                .with(Detail.PROBLEM, "not all of " + length + " bytes from " + offset)
                .build());
  }

  @Override
  public Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids) {
    return use(() -> tables.staged().find(ids));
  }

  @Override
  public List<StagedPayload> stagedBefore(long touchedBefore, int limit) {
    ensurePositive(limit);
    return use(() -> tables.staged().before(touchedBefore, limit));
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return use(() -> tables.progress().find(peer));
  }

  @Override
  public final void close() {
    if (life.end()) {
      end();
    }
  }

  /**
   * Ends the transaction. Nobody can use a failure here, so the session goes and not the caller.
   */
  void end() {
    if (pool == null) {
      return;
    }
    try {
      Transactions.rollBack(session);
      pool.giveBack(session);
    } catch (SQLException e) {
      pool.discardQuietly(session);
    }
  }
}

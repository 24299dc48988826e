package dev.tidemark.postgres.internal;

import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.postgres.internal.store.CommitListener;
import dev.tidemark.postgres.internal.store.CommitNotifier;
import dev.tidemark.postgres.internal.store.OpenedStore;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.store.SqlFailures;
import dev.tidemark.postgres.internal.store.SqlFailures.Moment;
import dev.tidemark.postgres.internal.store.StoreName;
import dev.tidemark.postgres.internal.table.DocumentRow;
import dev.tidemark.postgres.internal.table.ScanSize;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import dev.tidemark.spi.support.WriterTurns;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An opened store: connections from a pool, one per transaction. */
public final class PostgresBackend implements Backend {
  private static final String READ_ONLY_TRANSACTION = "25006";

  /** How long closing waits for those who write. */
  private static final long CLOSE_MILLIS = 10_000;

  private final OpenedStore store;
  private final StoreName name;
  private final WriterTurns<DocumentId> turns;
  private final CommitListener listener;
  private final CommitNotifier notifier;
  private final boolean hasSignals;
  private final ScanSize usualScan = new ScanSize();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Takes over an opened store.
   *
   * @param store the store
   */
  public PostgresBackend(OpenedStore store) {
    this.store = store;
    this.name = store.name();
    this.turns =
        new WriterTurns<>(
            store.options().lockTimeout(),
            "try again, or raise the URI's lock_timeout",
            (document, code, problem, remedy) ->
                name.failure(code, problem, remedy).with(Detail.DOCUMENT, document));
    this.hasSignals = store.isPlain() && store.options().notifies();
    this.listener =
        new CommitListener(store.listening(), name, store.options().connectionTimeout());
    this.notifier = new CommitNotifier(store.sessions(), name);
  }

  @Override
  public Set<Capability> capabilities() {
    return hasSignals
        ? EnumSet.allOf(Capability.class)
        : EnumSet.complementOf(EnumSet.of(Capability.COMMIT_SIGNAL));
  }

  @Override
  public boolean isReadOnly() {
    ensureOpen();
    return store.isReadOnly();
  }

  @Override
  public ReadTransaction beginRead(DocumentId document) {
    Session session = beginRead();
    try {
      return new PostgresReadTransaction(this, session, DocumentRow.read(session, document));
    } catch (SQLException | RuntimeException e) {
      session.endAfter(e);
      throw asUnchecked(e);
    }
  }

  private Session beginRead() {
    ensureOpen();
    try {
      return store.sessions().beginRead();
    } catch (SQLException e) {
      throw translate(e, Moment.CONNECTING);
    }
  }

  @Override
  public WriteTransaction beginWrite(DocumentId document) {
    ensureOpen();
    if (store.isReadOnly()) {
      throw name.failure(ErrorCode.READ_ONLY, "the store was opened to read", "open it for writing")
          .build();
    }
    WriterTurns.Turn turn = turns.take(document);
    try {
      // Whoever closed the store meanwhile lets this thread learn of it here.
      ensureOpen();
      return beginWrite(document, turn);
    } catch (RuntimeException e) {
      turn.end();
      throw e;
    }
  }

  private WriteTransaction beginWrite(DocumentId document, WriterTurns.Turn turn) {
    try {
      return lock(document, turn);
    } catch (SQLException e) {
      HikariDataSource pool = store.pool();
      if (pool == null || !SqlFailures.state(e).equals(READ_ONLY_TRANSACTION)) {
        throw translate(e, Moment.WORKING);
      }
      // The server may have become a standby that kept its connections; new ones find the other.
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    try {
      return lock(document, turn);
    } catch (SQLException e) {
      throw translate(e, Moment.WORKING);
    }
  }

  private WriteTransaction lock(DocumentId document, WriterTurns.Turn turn) throws SQLException {
    Session session;
    try {
      session = store.sessions().beginWrite();
    } catch (SQLException e) {
      throw translate(e, Moment.CONNECTING);
    }
    try {
      return new PostgresWriteTransaction(this, session, DocumentRow.lock(session, document), turn);
    } catch (SQLException | RuntimeException e) {
      session.endAfter(e);
      throw e;
    }
  }

  @Override
  public List<DocumentId> documents(@Nullable DocumentId after, int limit) {
    ensureOpen();
    if (limit < 1) {
      throw name.failure(
              ErrorCode.INVALID_ARGUMENT, "a list of at most " + limit, "ask for 1 or more")
          .build();
    }
    Session session = beginRead();
    try {
      List<DocumentId> documents = DocumentRow.list(session, after, limit);
      session.endRead();
      return documents;
    } catch (SQLException | RuntimeException e) {
      session.endAfter(e);
      throw asUnchecked(e);
    }
  }

  @Override
  public CommitSignal commitSignal(DocumentId document) {
    ensureOpen();
    return hasSignals
        ? listener.signal(document, DocumentRow.number(document))
        : Backend.super.commitSignal(document);
  }

  /** Tells those who listen of a commit. */
  void committed(DocumentRow document) {
    if (hasSignals) {
      notifier.committed(document.number());
    }
  }

  ScanSize usualScan() {
    return usualScan;
  }

  private RuntimeException asUnchecked(Exception failure) {
    return failure instanceof SQLException sql
        ? translate(sql, Moment.WORKING)
        : (RuntimeException) failure;
  }

  void ensureOpen() {
    if (closed.get()) {
      throw closedFailure(null);
    }
  }

  TidemarkException.Builder failure(ErrorCode code) {
    return name.failure(code);
  }

  /** Says what a failure means; once the store is closed, all are a consequence of that. */
  TidemarkException translate(SQLException failure, Moment moment) {
    boolean isConsequence = closed.get() && moment != Moment.COMMITTING;
    return isConsequence ? closedFailure(failure) : SqlFailures.translate(name, failure, moment);
  }

  private TidemarkException closedFailure(@Nullable SQLException cause) {
    TidemarkException.Builder builder =
        name.failure(ErrorCode.CLOSED).with(Detail.REMEDY, "open the store again");
    return cause == null ? builder.build() : builder.causedBy(cause).build();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    listener.close();
    // So that closing does not cut off a commit whose answer is on its way.
    turns.awaitOthers(CLOSE_MILLIS);
    notifier.close();
    store.sessions().abort();
    if (store.pool() != null) {
      store.pool().close();
    }
  }
}

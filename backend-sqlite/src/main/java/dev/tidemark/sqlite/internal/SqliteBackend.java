package dev.tidemark.sqlite.internal;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import dev.tidemark.sqlite.internal.store.OpenedStore;
import dev.tidemark.sqlite.internal.store.ReaderPool;
import dev.tidemark.sqlite.internal.store.Session;
import dev.tidemark.sqlite.internal.store.SqlFailures;
import dev.tidemark.sqlite.internal.store.StoreFile;
import dev.tidemark.sqlite.internal.store.Transactions;
import dev.tidemark.sqlite.internal.table.DocumentRow;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An opened store: one connection that writes, in turns, and as many that read as are needed. In
 * SQLite's WAL mode readers and the writer do not wait for each other; {@link ScanTurns} is the
 * courtesy that readers show.
 */
public final class SqliteBackend implements Backend {
  private final StoreFile file;
  private final ReaderPool readers;
  private final @Nullable Session writer;
  private final WriterTurn turn;
  private final ScanTurns scans = new ScanTurns();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Takes over an opened store.
   *
   * @param store the store
   */
  public SqliteBackend(OpenedStore store) {
    file = store.sessions().file();
    readers = store.readers();
    writer = store.writer();
    turn = new WriterTurn(file, store.sessions().options().busyTimeout());
  }

  @Override
  public Set<Capability> capabilities() {
    // SQLite tells nobody of the commits of other processes.
    return EnumSet.complementOf(EnumSet.of(Capability.COMMIT_SIGNAL));
  }

  @Override
  public boolean isReadOnly() {
    ensureOpen();
    return writer == null;
  }

  @Override
  public ReadTransaction beginRead(DocumentId document) {
    Session session = takeReader();
    try {
      session.execute("BEGIN");
      DocumentRow row = DocumentRow.read(session, document);
      session.verifySnapshot();
      return new SqliteReadTransaction(this, session, row, readers);
    } catch (SQLException e) {
      readers.discardQuietly(session);
      throw translate(session, e);
    }
  }

  @Override
  public List<DocumentId> documents(@Nullable DocumentId after, int limit) {
    ensureOpen();
    if (limit < 1) {
      // SQLite takes a negative limit for none.
      throw file.failure(
              ErrorCode.INVALID_ARGUMENT, "a list of at most " + limit, "ask for 1 or more")
          .build();
    }
    Session session = takeReader();
    try {
      List<DocumentId> documents = DocumentRow.list(session, after, limit);
      session.verifySnapshot();
      readers.giveBack(session);
      return documents;
    } catch (SQLException e) {
      readers.discardQuietly(session);
      throw translate(session, e);
    }
  }

  private Session takeReader() {
    ensureOpen();
    try {
      return readers.take();
    } catch (SQLException e) {
      throw translate(null, e);
    }
  }

  @Override
  public WriteTransaction beginWrite(DocumentId document) {
    ensureOpen();
    Session session = writer;
    if (session == null) {
      throw file.failure(ErrorCode.READ_ONLY, "the store was opened to read", "open it for writing")
          .build();
    }
    long start = turn.take();
    try {
      // Whoever closed the store meanwhile has let this thread through to learn of it.
      ensureOpen();
      turn.begin(session, start);
      scans.writing();
    } catch (SQLException | RuntimeException e) {
      turn.end();
      throw asUnchecked(session, e);
    }
    try {
      return new SqliteWriteTransaction(this, session, DocumentRow.read(session, document), turn);
    } catch (SQLException | RuntimeException e) {
      Transactions.rollBackAfter(session, e);
      scans.written();
      turn.end();
      throw asUnchecked(session, e);
    }
  }

  private RuntimeException asUnchecked(Session session, Exception failure) {
    return failure instanceof SQLException sql
        ? translate(session, sql)
        : (RuntimeException) failure;
  }

  ScanTurns scans() {
    return scans;
  }

  void ensureOpen() {
    if (closed.get()) {
      throw closedFailure(null);
    }
  }

  TidemarkException.Builder failure(ErrorCode code) {
    return file.failure(code);
  }

  /** Says what a failure means, once it is sure that it is not a consequence of something else. */
  TidemarkException translate(@Nullable Session session, SQLException failure) {
    if (closed.get()) {
      return closedFailure(failure);
    }
    try {
      if (session != null) {
        session.verifySnapshot();
      }
      return SqlFailures.translate(file, failure);
    } catch (SQLException changed) {
      changed.addSuppressed(failure);
      return SqlFailures.translate(file, changed);
    }
  }

  private TidemarkException closedFailure(@Nullable SQLException cause) {
    TidemarkException.Builder builder =
        file.failure(ErrorCode.CLOSED).with(Detail.REMEDY, "open the store again");
    return cause == null ? builder.build() : builder.causedBy(cause).build();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean isLast = turn.takeLast();
    SQLException failure = null;
    try {
      // Before the writer, which can then, as the last one, bring the log into the file.
      readers.close();
    } catch (SQLException e) {
      failure = e;
    }
    try {
      // No PRAGMA optimize: every statement fixes its plan, so statistics could only mislead.
      if (writer != null) {
        writer.close();
      }
    } catch (SQLException e) {
      failure = e;
    }
    if (isLast) {
      turn.end();
    }
    if (failure != null) {
      throw SqlFailures.translate(file, failure);
    }
  }
}

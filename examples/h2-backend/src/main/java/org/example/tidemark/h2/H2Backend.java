package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import dev.tidemark.spi.support.DamagedBytesException;
import dev.tidemark.spi.support.WriterTurns;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An opened store: a connection for each transaction, kept for the next one. */
final class H2Backend implements Backend {
  private static final int MOST_IDLE = 8;

  private final Database database;

  /** Keeps the file open between two transactions. */
  private final Connection anchor;

  private final Deque<Session> idle = new ArrayDeque<>();
  private final Set<H2ReadTransaction> open = new HashSet<>();
  private boolean isClosed;

  private H2Backend(Database database, Connection anchor) {
    this.database = database;
    this.anchor = anchor;
  }

  /** Leaves nothing open when it fails. */
  static H2Backend open(Database database, boolean mayCreate) {
    H2Schema schema = new H2Schema(database);
    if (!mayCreate) {
      schema.ensureExists();
    }
    Connection anchor = null;
    boolean isOpened = false;
    try {
      anchor = database.connect();
      if (mayCreate) {
        schema.migrate();
      }
      schema.ensureCurrent();
      isOpened = true;
      return new H2Backend(database, anchor);
    } catch (SQLException e) {
      throw Failures.translate(database, e);
    } finally {
      if (anchor != null && !isOpened) {
        new Session(anchor).discard();
      }
    }
  }

  // tutorial: capabilities
  @Override
  public Set<Capability> capabilities() {
    // H2 locks its file against other processes, and opens it to write even for those who read.
    // It tells nobody of commits.
    return EnumSet.of(Capability.DURABLE, Capability.SCHEMA_STEP);
  }

  // tutorial: end

  @Override
  public boolean isReadOnly() {
    ensureOpen();
    return false;
  }

  // tutorial: begin
  @Override
  public ReadTransaction beginRead(DocumentId document) {
    return begin(
        session -> {
          session.beginRead();
          return new H2ReadTransaction(this, new Rows(this, document, session));
        });
  }

  @Override
  public WriteTransaction beginWrite(DocumentId document) {
    ensureOpen();
    WriterTurns.Turn turn = Turns.take(database, document);
    try {
      return begin(
          session -> {
            session.beginWrite();
            return new H2WriteTransaction(this, new Rows(this, document, session), turn);
          });
    } catch (RuntimeException e) {
      turn.end();
      throw e;
    }
  }

  // tutorial: end

  /** Makes a transaction; a snapshot is taken by the first statement, in the constructor. */
  private interface Beginning<T> {
    T begin(Session session) throws SQLException;
  }

  private <T extends H2ReadTransaction> T begin(Beginning<T> beginning) {
    Session session = takeSession();
    try {
      T transaction = beginning.begin(session);
      synchronized (open) {
        if (!isClosed) {
          open.add(transaction);
          return transaction;
        }
      }
      throw closed();
    } catch (SQLException e) {
      session.discard();
      throw translate(e);
    } catch (RuntimeException e) {
      session.discard();
      throw e;
    }
  }

  private Session takeSession() {
    synchronized (open) {
      ensureOpen();
      Session session = idle.poll();
      if (session != null) {
        return session;
      }
    }
    try {
      return new Session(database.connect());
    } catch (SQLException e) {
      throw translate(e);
    }
  }

  /** Takes back what a transaction does not need any more. */
  void end(H2ReadTransaction transaction, Session session) {
    try {
      session.rollBack();
    } catch (SQLException e) {
      session.discard();
      synchronized (open) {
        open.remove(transaction);
      }
      return;
    }
    synchronized (open) {
      open.remove(transaction);
      if (!isClosed && idle.size() < MOST_IDLE) {
        idle.push(session);
        return;
      }
    }
    session.discard();
  }

  boolean waitsForMedium() {
    return database.waitsForMedium();
  }

  @Override
  public List<DocumentId> documents(@Nullable DocumentId after, int limit) {
    ensureOpen();
    if (limit < 1) {
      throw invalidLimit(limit);
    }
    Session session = takeSession();
    try {
      List<DocumentId> found =
          session.list(
              "SELECT document FROM document WHERE document > ? ORDER BY document LIMIT ?",
              row -> DocumentId.of(new String(row.getBytes(1), StandardCharsets.UTF_8)),
              after == null ? Keys.FIRST : Keys.of(after),
              limit);
      session.rollBack();
      synchronized (open) {
        if (!isClosed) {
          idle.push(session);
          return found;
        }
      }
      session.discard();
      throw closed();
    } catch (SQLException e) {
      session.discard();
      throw translate(e);
    }
  }

  TidemarkException invalidLimit(int limit) {
    return database
        .failure(ErrorCode.INVALID_ARGUMENT)
        .with(Detail.PROBLEM, "a limit of " + limit)
        .with(Detail.REMEDY, "ask for 1 or more")
        .build();
  }

  void ensureOpen() {
    synchronized (open) {
      if (isClosed) {
        throw closed();
      }
    }
  }

  TidemarkException closed() {
    return failure(ErrorCode.CLOSED).build();
  }

  TidemarkException.Builder failure(ErrorCode code) {
    return database.failure(code);
  }

  TidemarkException translate(SQLException failure) {
    ensureOpen();
    return Failures.translate(database, failure);
  }

  TidemarkException damaged(DamagedBytesException damage) {
    return failure(ErrorCode.STORE_CORRUPT)
        .with(Detail.PROBLEM, String.valueOf(damage.getMessage()))
        .causedBy(damage)
        .build();
  }

  /** After the commit was asked for, only a conflict tells for sure that it did not happen. */
  TidemarkException translateCommit(SQLException failure) {
    TidemarkException translated = translate(failure);
    return translated.code() == ErrorCode.TRANSACTION_CONFLICT
        ? translated
        : Failures.translate(database, ErrorCode.COMMIT_UNKNOWN, failure);
  }

  @Override
  public void close() {
    List<H2ReadTransaction> left;
    synchronized (open) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      left = List.copyOf(open);
      idle.forEach(Session::discard);
      idle.clear();
    }
    // What is open has ended with the store; its threads learn of it at their next call.
    left.forEach(H2ReadTransaction::abandon);
    try {
      anchor.close();
    } catch (SQLException e) {
      throw Failures.translate(database, e);
    }
  }
}

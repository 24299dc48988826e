package dev.tidemark.sqlite.internal.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The reading connections of a store. A reader never waits for the connection of another one: the
 * size bounds the idle connections that are kept, not those in use.
 */
public final class ReaderPool {
  private final Sessions sessions;
  private final boolean isReadOnly;
  private final Deque<Session> idle = new ArrayDeque<>();
  private final Set<Session> active = new HashSet<>();
  private boolean closed;

  /**
   * Makes an empty pool.
   *
   * @param sessions what opens the connections
   * @param isReadOnly whether no writing connection of this process stands beside them
   */
  public ReaderPool(Sessions sessions, boolean isReadOnly) {
    this.sessions = sessions;
    this.isReadOnly = isReadOnly;
  }

  /**
   * Takes a session.
   *
   * @return a session outside of any transaction, to be given back
   * @throws SQLException if none can be opened
   */
  public Session take() throws SQLException {
    Session kept = takeIdle();
    while (kept != null && !kept.isCurrent()) {
      discardQuietly(kept);
      kept = takeIdle();
    }
    if (kept != null) {
      return kept;
    }
    Session opened = isReadOnly ? sessions.openReadOnly() : sessions.openReader();
    register(opened);
    return opened;
  }

  private synchronized Session takeIdle() throws SQLException {
    refuseIfClosed();
    Session session = idle.pollLast();
    if (session != null) {
      active.add(session);
    }
    return session;
  }

  private synchronized void register(Session session) throws SQLException {
    if (closed) {
      session.close();
    }
    refuseIfClosed();
    active.add(session);
  }

  private void refuseIfClosed() throws SQLException {
    if (closed) {
      throw new SQLException("the store is closed");
    }
  }

  /**
   * Gives a session back whose transaction has ended.
   *
   * @param session the session
   * @throws SQLException if it is not kept, and its end fails
   */
  public void giveBack(Session session) throws SQLException {
    if (!keep(session)) {
      session.close();
    }
  }

  private synchronized boolean keep(Session session) {
    active.remove(session);
    if (closed || idle.size() >= sessions.options().readers()) {
      return false;
    }
    idle.addLast(session);
    return true;
  }

  /**
   * Closes a session that is in no known state. What fails there has failed before.
   *
   * @param session the session
   */
  public void discardQuietly(Session session) {
    synchronized (this) {
      active.remove(session);
    }
    try {
      session.close();
    } catch (SQLException e) {
      // The session is gone either way.
    }
  }

  /**
   * Closes all sessions, idle or not; whoever uses one fails at its next call.
   *
   * @throws SQLException if one cannot be closed; the others are
   */
  public synchronized void close() throws SQLException {
    closed = true;
    idle.addAll(active);
    active.clear();
    SQLException failure = null;
    for (Session session : idle) {
      try {
        session.close();
      } catch (SQLException e) {
        failure = e;
      }
    }
    idle.clear();
    if (failure != null) {
      throw failure;
    }
  }
}

package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.DocumentId;
import dev.tidemark.postgres.internal.store.SqlFailures.Moment;
import dev.tidemark.spi.CommitSignal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens for commits, over one connection and thread for all signals of a store, which are there
 * as long as there is a signal. The channel has the name of the schema; what is told is the number
 * of the document.
 */
public final class CommitListener implements AutoCloseable {
  private static final String NOTIFY = "SELECT pg_notify(?, ?)";

  /** How often the thread looks whether it is still wanted. */
  private static final int LOOK_MILLIS = 500;

  private final DataSource source;
  private final StoreName name;
  private final List<ListeningSignal> signals = new ArrayList<>();
  private @Nullable Connection listening;

  /**
   * Makes a listener, which connects with its first signal.
   *
   * @param source where its connection comes from
   * @param name the store
   */
  public CommitListener(DataSource source, StoreName name) {
    this.source = source;
    this.name = name;
  }

  /**
   * Tells those who listen, when and if the transaction is committed.
   *
   * @param session a session that writes
   * @param number the document's number
   * @throws SQLException if it fails
   */
  public void notifyOf(Session session, long number) throws SQLException {
    PreparedStatement statement = session.prepare(NOTIFY);
    statement.setString(1, name.schema());
    statement.setString(2, Long.toString(number));
    statement.executeQuery().close();
  }

  /**
   * Begins to listen.
   *
   * @param document the document
   * @param number its number
   * @return the signal of its commits from now on
   */
  public synchronized CommitSignal signal(DocumentId document, long number) {
    ListeningSignal signal = new ListeningSignal(this, name, document, number);
    if (listening == null) {
      try {
        start();
      } catch (SQLException e) {
        throw SqlFailures.translate(name, e, Moment.CONNECTING);
      }
    }
    signals.add(signal);
    return signal;
  }

  private void start() throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(true);
      statement.execute("LISTEN " + name.quotedSchema());
      PGConnection notifications = connection.unwrap(PGConnection.class);
      Thread thread = new Thread(() -> listen(connection, notifications));
      thread.setName("tidemark-postgresql-listener");
      thread.setDaemon(true);
      thread.start();
      listening = connection;
    } catch (SQLException | RuntimeException e) {
      Sessions.closeAfter(connection, e);
      throw e;
    }
  }

  private void listen(Connection connection, PGConnection notifications) {
    try (connection) {
      while (isWanted(connection)) {
        PGNotification[] received = notifications.getNotifications(LOOK_MILLIS);
        if (received != null) {
          for (PGNotification notification : received) {
            tell(connection, notification.getParameter());
          }
        }
      }
      try (Statement statement = connection.createStatement()) {
        // The application's pool may hand it to somebody else.
        statement.execute("UNLISTEN " + name.quotedSchema());
      }
    } catch (SQLException | RuntimeException e) {
      fail(connection, e);
    }
  }

  /** Whether the connection is still the one that signals wait for; lets go of it if none does. */
  private synchronized boolean isWanted(Connection connection) {
    if (signals.isEmpty() && connection.equals(listening)) {
      listening = null;
    }
    return connection.equals(listening);
  }

  private synchronized void tell(Connection connection, String number) {
    if (connection.equals(listening)) {
      for (ListeningSignal signal : signals) {
        signal.tell(number);
      }
    }
  }

  private synchronized void fail(Connection connection, Exception failure) {
    if (connection.equals(listening)) {
      listening = null;
      signals.forEach(signal -> signal.fail(failure));
      signals.clear();
    }
  }

  synchronized void remove(ListeningSignal signal) {
    signals.remove(signal);
  }

  /** Ends all signals; the thread ends with its next look. */
  @Override
  public synchronized void close() {
    List.copyOf(signals).forEach(ListeningSignal::close);
  }
}

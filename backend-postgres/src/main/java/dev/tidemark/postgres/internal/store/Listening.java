package dev.tidemark.postgres.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** One connection that listens, and its thread, which connects as well: nobody waits in a lock. */
final class Listening implements Runnable {
  /** How often the thread looks whether it is still wanted. */
  private static final int LOOK_MILLIS = 500;

  /** After this many times the time for a connection, a silent server is asked whether it lives. */
  private static final int SILENCE = 3;

  private final CommitListener owner;
  private final DataSource source;
  private final StoreName name;
  private final int timeoutMillis;
  private final CompletableFuture<Boolean> started = new CompletableFuture<>();

  Listening(CommitListener owner, DataSource source, StoreName name, int timeoutMillis) {
    this.owner = owner;
    this.source = source;
    this.name = name;
    this.timeoutMillis = timeoutMillis;
  }

  void start() {
    Thread thread = new Thread(this);
    thread.setName("tidemark-postgresql-listener");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether it listens: true, false once nobody wants it any more, or why it cannot. */
  CompletableFuture<Boolean> started() {
    return started;
  }

  @Override
  public void run() {
    try {
      listen();
    } catch (SQLException | RuntimeException | Error e) {
      started.completeExceptionally(e);
      owner.failed(this, e);
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  private void listen() throws SQLException {
    try (Borrowed borrowed = Borrowed.from(source)) {
      Connection connection = borrowed.connection();
      connection.setAutoCommit(true);
      execute(connection, "LISTEN ");
      started.complete(true);
      hear(connection);
      // The application's pool may hand it to somebody else.
      execute(connection, "UNLISTEN ");
    }
  }

  private void execute(Connection connection, String verb) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(verb + name.quotedSchema());
    }
  }

  private void hear(Connection connection) throws SQLException {
    PGConnection notifications = connection.unwrap(PGConnection.class);
    long lastHeard = System.nanoTime();
    while (owner.isWanted(this)) {
      PGNotification[] received = notifications.getNotifications(LOOK_MILLIS);
      if (received != null && received.length > 0) {
        lastHeard = System.nanoTime();
        for (PGNotification notification : received) {
          owner.tell(this, notification.getParameter());
        }
      } else if (System.nanoTime() - lastHeard > silenceNanos()) {
        // A path that was cut without a word looks like a server where nobody writes.
        if (!connection.isValid((timeoutMillis + 999) / 1_000)) {
          throw new SQLException("the server does not answer", "08006");
        }
        lastHeard = System.nanoTime();
      }
    }
  }

  private long silenceNanos() {
    return TimeUnit.MILLISECONDS.toNanos((long) SILENCE * timeoutMillis);
  }
}

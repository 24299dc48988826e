package dev.tidemark.postgres.internal.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells those who listen of commits, after these and in transactions of its own. A transaction that
 * notifies takes a lock of the whole cluster when it commits, and keeps it until its commit is on
 * the medium: were those transactions the writers' own, no two commits of all documents and
 * databases could be under way at once.
 *
 * <p>Many commits of a document become one notification where they come faster than these are sent.
 * One that cannot be sent is lost, as it is when the process ends before it: a signal is a hint,
 * and who follows a document looks from time to time all the same. Safe for several threads.
 */
public final class CommitNotifier implements AutoCloseable {
  private static final String NOTIFY =
      """
      SELECT pg_catalog.pg_notify(CAST(? AS text), CAST(w.number AS text))
      FROM pg_catalog.unnest(CAST(? AS bigint[])) AS w(number)""";

  /** A connection of the pool may be dead before it is used. */
  private static final int ATTEMPTS = 2;

  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 2;

  private final Sessions sessions;
  private final StoreName name;
  private final Set<Long> pending = new LinkedHashSet<>();
  private final ThreadPoolExecutor thread;

  /**
   * Makes a notifier, which has a thread while there is something to send.
   *
   * @param sessions where its connections come from
   * @param name the store
   */
  public CommitNotifier(Sessions sessions, StoreName name) {
    this.sessions = sessions;
    this.name = name;
    this.thread =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);
    thread.allowCoreThreadTimeOut(true);
  }

  private Thread newThread(Runnable work) {
    Thread made = new Thread(work, "tidemark-postgresql-notifier");
    made.setDaemon(true);
    return made;
  }

  /**
   * Tells of a commit, soon.
   *
   * @param number the number of the document that was committed to, or may have been
   */
  public synchronized void committed(long number) {
    if (pending.add(number) && pending.size() == 1) {
      try {
        thread.execute(this::send);
      } catch (RejectedExecutionException e) {
        // Closed, while this one committed.
        pending.clear();
      }
    }
  }

  private synchronized Set<Long> take() {
    Set<Long> numbers = new LinkedHashSet<>(pending);
    pending.clear();
    return numbers;
  }

  private void send() {
    Set<Long> numbers = take();
    for (int attempt = 1; attempt <= ATTEMPTS && !numbers.isEmpty(); attempt++) {
      if (send(numbers)) {
        return;
      }
    }
  }

  private boolean send(Set<Long> numbers) {
    Session session;
    try {
      session = sessions.beginNotify();
    } catch (SQLException | RuntimeException e) {
      return false;
    }
    // What came while this waited for a connection is told with it.
    numbers.addAll(take());
    try {
      PreparedStatement statement = session.prepareFirst(NOTIFY);
      statement.setString(1, name.schema());
      session.setNumbers(statement, 2, numbers.toArray(Long[]::new));
      session.rows(statement).close();
      session.commit();
      session.endAfter(null);
      return true;
    } catch (SQLException | RuntimeException e) {
      session.endAfter(e);
      return false;
    }
  }

  /** Sends what is pending, if that takes no time. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.tidemark.postgres.internal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * Begins transactions on connections of one source.
 *
 * <p>On PostgreSQL's own driver, what a transaction needs is set by statements of the transaction
 * itself, which go to the server together with its first query: JDBC's {@code
 * setTransactionIsolation} sets it for the session, which behind a pooler is somebody else's as
 * well. Any other driver, such as one that shards, is told through JDBC, and nothing that only
 * PostgreSQL knows is sent to it.
 *
 * <p>{@code search_path} is left as it is: from version 18 on the server reports each change of it,
 * upon which the driver parses every statement anew. So that nobody's functions are called who may
 * create some in {@code public}, all that are called with a single array or an untyped text are of
 * {@code pg_catalog} by name; for anything else, that schema's own fit exactly.
 */
public final class Sessions {
  /**
   * Every statement here is to seek in an index and to read in its order. A planner without
   * statistics, as on a table just loaded, takes to bitmaps and sorts instead, which read a whole
   * range for its first rows, and to scans in plans that it then keeps. With these settings the
   * statistics do not matter. (Without the last one, the penalty that a plan may have to take would
   * call for its compilation.)
   */
  private static final String HINTS =
      """
      set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
      set_config('enable_sort', 'off', true), set_config('enable_hashagg', 'off', true),
      set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
      set_config('jit', 'off', true)"""
          .replace("set_config(", "pg_catalog.set_config(");

  private final DataSource source;
  private final StoreName name;
  private final StoreOptions options;

  /** Those that have not ended. */
  private final Set<Session> open = ConcurrentHashMap.newKeySet();

  private final String toRead;
  private final String toWrite;
  private final String toNotify;

  Sessions(DataSource source, StoreName name, StoreOptions options) {
    this.source = source;
    this.name = name;
    this.options = options;
    String hints = options.isNative() ? HINTS : "";
    toRead = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY" + select(hints);
    toWrite =
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
            + select(
                "pg_catalog.set_config('lock_timeout', '" + options.lockTimeout() + "ms', true)",
                hints);
    // Nobody waits for the medium to keep a hint.
    toNotify =
        "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
            + select("pg_catalog.set_config('synchronous_commit', 'off', true)");
  }

  /** One more statement that makes all settings; none where there is none to make. */
  private static String select(String... settings) {
    String made =
        Arrays.stream(settings).filter(each -> !each.isEmpty()).collect(Collectors.joining(", "));
    return made.isEmpty() ? "" : "; SELECT " + made;
  }

  /**
   * Begins a transaction that sees one snapshot and writes nothing.
   *
   * @return its session
   * @throws SQLException if it fails
   */
  public Session beginRead() throws SQLException {
    return begin(Connection.TRANSACTION_REPEATABLE_READ, true, toRead);
  }

  /**
   * Begins a transaction that writes. Each of its statements sees what was committed before: what
   * it reads stands still as it holds the lock of its document, and a snapshot taken before that
   * lock was there would be one too old.
   *
   * @return its session
   * @throws SQLException if it fails
   */
  public Session beginWrite() throws SQLException {
    return begin(Connection.TRANSACTION_READ_COMMITTED, false, toWrite);
  }

  /**
   * Begins a transaction that notifies, and writes nothing else.
   *
   * @return its session
   * @throws SQLException if it fails
   */
  Session beginNotify() throws SQLException {
    return begin(Connection.TRANSACTION_READ_COMMITTED, false, toNotify);
  }

  private Session begin(int isolation, boolean isReadOnly, String settings) throws SQLException {
    Borrowed borrowed = Borrowed.from(source);
    try {
      if (!borrowed.isPlain()) {
        borrowed.connection().setReadOnly(isReadOnly);
        borrowed.connection().setTransactionIsolation(isolation);
      }
      Session session = new Session(borrowed, name, options, settings, open::remove);
      open.add(session);
      return session;
    } catch (SQLException | RuntimeException e) {
      borrowed.closeAfter(e);
      throw e;
    }
  }

  /**
   * Ends the transactions that are under way when the store is closed. The connections may be of a
   * pool that stays open, and would keep their locks there.
   */
  public void abort() {
    open.forEach(Session::abort);
  }

  static boolean isPlain(Connection connection) throws SQLException {
    return connection.isWrapperFor(PGConnection.class);
  }

  static void closeAfter(Connection connection, Exception failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}

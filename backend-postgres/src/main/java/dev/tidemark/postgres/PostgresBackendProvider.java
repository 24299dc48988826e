package dev.tidemark.postgres;

import dev.tidemark.postgres.internal.PostgresBackend;
import dev.tidemark.postgres.internal.store.OpenedStore;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens schemas of PostgreSQL databases: {@code
 * postgresql://user:password@host:port/database?schema=tidemark}, or {@code postgres:} in the place
 * of {@code postgresql:}. User and password are percent-encoded and may be left out, and an at sign
 * in parameters is written {@code %40}; several hosts are written {@code host1:port1,host2:port2}.
 * Parameters that may follow after the question mark are those of the PostgreSQL JDBC driver
 * ({@code sslmode}, {@code targetServerType}, ...) and these of Tidemark; any other is refused:
 *
 * <table>
 * <caption>Parameters</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code schema}</td><td>{@code tidemark}</td><td>the schema that has the tables: the
 *     store. A database holds as many stores as it has such schemas</td></tr>
 * <tr><td>{@code pool_size}</td><td>10</td><td>the most connections for transactions; each
 *     transaction has one for itself as long as it is open</td></tr>
 * <tr><td>{@code lock_timeout}</td><td>5000</td><td>how long one transaction waits for other writers
 *     of its document, in milliseconds, before {@code STORE_BUSY}. Tidemark's own calls try a busy
 *     transaction again, four times in all</td></tr>
 * <tr><td>{@code connection_timeout}</td><td>10000</td><td>how long to wait for a connection, in
 *     milliseconds, before {@code STORE_UNREACHABLE}, or {@code STORE_BUSY} where all are in
 *     use</td></tr>
 * <tr><td>{@code notify}</td><td>{@code on}</td><td>whether commits tell those who listen ({@code
 *     NOTIFY}), which is done after the commit and holds up none. With {@code off} the store has no
 *     commit signals; behind a pooler in transaction mode they do not arrive</td></tr>
 * <tr><td>{@code statements}</td><td>{@code native}</td><td>{@code native} for PostgreSQL itself:
 *     rows are inserted with one array per column, look-ups are lateral joins that seek whatever the
 *     statistics say, and each transaction keeps the planner from scans, bitmaps and sorts. {@code
 *     portable} for engines that speak its protocol and shard: plain statements, which want an
 *     {@code ANALYZE} after a bulk load</td></tr>
 * </table>
 *
 * <p>A store has a pool of connections, opened when they are needed, and where signals are used one
 * more that listens. Nothing is set for longer than a transaction, so that a pooler in transaction
 * mode may stand between. PgBouncer from 1.21 on knows prepared statements ({@code
 * max_prepared_statements}); for older ones the driver's {@code prepareThreshold=0} keeps from
 * using them.
 *
 * <p>{@link OpenMode#CREATE} makes the schema where it is missing and the role has the right to;
 * {@link #schema} is the same as a step of its own. {@link OpenMode#READ} needs no right but {@code
 * SELECT}.
 */
public final class PostgresBackendProvider implements BackendProvider {
  private final @Nullable DataSource source;

  /** Makes the provider for stores that are named by URIs. */
  public PostgresBackendProvider() {
    this(null);
  }

  private PostgresBackendProvider(@Nullable DataSource source) {
    this.source = source;
  }

  /**
   * Makes a provider for a store behind the application's own connections, to be handed to the
   * engine together with a URI such as {@code postgresql:?schema=tidemark}, whose address counts
   * for nothing but messages and whose parameters are Tidemark's own without {@code pool_size} and
   * {@code connection_timeout}.
   *
   * <p>The source stays the application's: closing the store closes it no more than the
   * application's other connections. It has to outlive the store, and to have a connection for each
   * transaction that is open at once, and one more where commit signals are used. Connections come
   * back to it outside of a transaction, as they were.
   *
   * <p>The source may be that of an engine that shards, such as ShardingSphere-JDBC. It is told
   * from PostgreSQL's own driver by what its connections can be unwrapped to; it gets portable
   * statements only, has no commit signals, and {@code lock_timeout} is for the statement that
   * takes the lock, in whole seconds.
   *
   * @param source the application's source of connections
   * @return the provider
   */
  public static PostgresBackendProvider of(DataSource source) {
    return new PostgresBackendProvider(source);
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("postgresql", "postgres");
  }

  @Override
  public Backend open(OpenRequest request) {
    return new PostgresBackend(
        source == null ? OpenedStore.open(request) : OpenedStore.open(source, request));
  }

  @Override
  public StoreSchema schema(StoreLocation location) {
    return source == null ? OpenedStore.schema(location) : OpenedStore.schema(source, location);
  }
}

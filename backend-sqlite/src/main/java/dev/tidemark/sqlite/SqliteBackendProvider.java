package dev.tidemark.sqlite;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import dev.tidemark.sqlite.internal.SqliteBackend;
import dev.tidemark.sqlite.internal.store.OpenedStore;
import dev.tidemark.sqlite.internal.store.Sessions;
import dev.tidemark.sqlite.internal.store.SqliteSchema;
import dev.tidemark.sqlite.internal.store.StoreFile;
import dev.tidemark.sqlite.internal.store.StoreOptions;
import java.util.Set;

/**
 * Opens SQLite files: {@code sqlite:path/to/file.db}, the path as the file system spells it,
 * relative to the working directory or absolute. A missing file is created with {@link
 * OpenMode#CREATE} or by the explicit step, {@link #schema}, a missing directory never. Parameters
 * may follow after a question mark:
 *
 * <table>
 * <caption>Parameters</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>{@code synchronous}</td><td>{@code full}</td><td>when a commit waits for the medium:
 *     {@code full} at each commit; {@code normal} at checkpoints, so that a loss of power can take
 *     the last commits away but damages nothing; {@code off} never; {@code extra} at each commit,
 *     directories included</td></tr>
 * <tr><td>{@code busy_timeout}</td><td>5000</td><td>how long one transaction waits for other
 *     writers, in milliseconds, before {@code STORE_BUSY}. Tidemark's own calls try a busy
 *     transaction again, four times in all with short pauses between, so that such a call can take
 *     more than four times as long until it fails</td></tr>
 * <tr><td>{@code readers}</td><td>4</td><td>how many idle connections for reading are
 *     kept</td></tr>
 * <tr><td>{@code cache_size}</td><td>8388608</td><td>the page cache of each connection, in
 *     bytes</td></tr>
 * <tr><td>{@code max_size}</td><td>none</td><td>the largest size of the file, in bytes, beyond which
 *     writing fails with {@code STORAGE_FULL}</td></tr>
 * </table>
 *
 * <p>Several processes may have one file open, one of them writing at a time. The file must be on a
 * file system with working locks and shared memory, which network file systems mostly lack. While
 * it is open for writing, two files stand beside it, whose names end in {@code -wal} and {@code
 * -shm}; whoever copies an open store copies the first of them as well. Opened with {@link
 * OpenMode#READ}, a store is read from read-only files, directories and media, and nothing is
 * created; but for one case: where a log lies without its {@code -shm} file, as in a copy of an
 * open store, and the directory can be written, SQLite makes that file. The next writer removes it.
 */
public final class SqliteBackendProvider implements BackendProvider {
  /** Makes the provider, which has no state. */
  public SqliteBackendProvider() {}

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("sqlite");
  }

  @Override
  public Backend open(OpenRequest request) {
    return new SqliteBackend(OpenedStore.open(sessions(request.location()), request.mode()));
  }

  @Override
  public StoreSchema schema(StoreLocation location) {
    return new SqliteSchema(sessions(location));
  }

  private static Sessions sessions(StoreLocation location) {
    StoreOptions options = StoreOptions.of(location);
    return new Sessions(StoreFile.of(location), options);
  }
}

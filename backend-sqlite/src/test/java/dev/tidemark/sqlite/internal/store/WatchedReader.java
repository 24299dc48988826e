package dev.tidemark.sqlite.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.sqlite.internal.SqliteBackend;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;

/** Opens a store to read, and watches the one connection that it reads with. */
final class WatchedReader implements BackendProvider {
  private long steps;
  private @Nullable OpenedStore store;
  private @Nullable Session watched;

  @Override
  public String name() {
    return "watched";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("sqlite");
  }

  @Override
  public Backend open(OpenRequest request) {
    Sessions sessions =
        new Sessions(StoreFile.of(request.location()), StoreOptions.of(request.location()));
    OpenedStore opened = OpenedStore.open(sessions, OpenMode.READ);
    store = opened;
    watched = watch(opened.readers());
    return new SqliteBackend(opened);
  }

  private Session watch(ReaderPool readers) {
    ProgressHandler counting =
        new ProgressHandler() {
          @Override
          protected int progress() {
            steps++;
            return 0;
          }
        };
    try {
      Session session = readers.take();
      ProgressHandler.setHandler(session.connection(), 1, counting);
      readers.giveBack(session);
      return session;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The turns that SQLite took in the loops of its programs, since the last call. */
  long steps() {
    long taken = steps;
    steps = 0;
    return taken;
  }

  /** All that was prepared on the connection. No other one was opened. */
  Set<String> texts() throws SQLException {
    ReaderPool readers = Objects.requireNonNull(store).readers();
    Session session = readers.take();
    assertThat(session).isSameAs(watched);
    readers.giveBack(session);
    return session.texts();
  }
}

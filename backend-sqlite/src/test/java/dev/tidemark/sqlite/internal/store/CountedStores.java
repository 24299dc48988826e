package dev.tidemark.sqlite.internal.store;

import dev.tidemark.conformance.kit.StatementCount;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.sqlite.internal.SqliteBackend;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.ProgressHandler;

/** Opens stores, and counts what the connection does that is taken to read first. */
public final class CountedStores {
  private final StatementCount statements = new StatementCount();
  private final AtomicLong turns = new AtomicLong();

  /** The statements so far. */
  public OptionalLong statements() {
    return OptionalLong.of(statements.executed());
  }

  /** The turns that SQLite took in the loops of its programs: one for each row, at the least. */
  public OptionalLong rowsStepped() {
    return OptionalLong.of(turns.get());
  }

  /** Opens a store beside the provider, which it is the same as but for the counting. */
  public Backend open(String uri, OpenMode mode) {
    StoreLocation location = StoreLocation.parse(uri);
    Sessions sessions = new Sessions(StoreFile.of(location), StoreOptions.of(location));
    OpenedStore opened = OpenedStore.open(sessions, mode);
    try {
      opened.readers().giveBack(counted(mode, sessions));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return new SqliteBackend(opened);
  }

  private Session counted(OpenMode mode, Sessions sessions) throws SQLException {
    if (mode == OpenMode.READ) {
      // Which looks after the file that it has read from, and so stays as it is.
      return sessions.openReadOnly();
    }
    Session session = sessions.openReader();
    ProgressHandler.setHandler(
        session.connection(),
        1,
        new ProgressHandler() {
          @Override
          protected int progress() {
            turns.incrementAndGet();
            return 0;
          }
        });
    return new Session(statements.counting(session.connection()), null);
  }
}

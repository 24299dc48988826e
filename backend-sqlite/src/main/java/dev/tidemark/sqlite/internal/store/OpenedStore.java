package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.OpenMode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a store that was found, checked and if need be created.
 *
 * @param sessions opens further connections
 * @param readers the reading connections
 * @param writer the writing connection; null where the store is opened to read only
 */
public record OpenedStore(Sessions sessions, ReaderPool readers, @Nullable Session writer) {
  private static final long RETRY_MILLIS = 5;
  private static final int LOOKS = 5;

  /**
   * Opens a store.
   *
   * @param sessions where it is
   * @param mode what may be done to it
   * @return the store
   * @throws TidemarkException as {@link dev.tidemark.spi.BackendProvider#open} says
   */
  public static OpenedStore open(Sessions sessions, OpenMode mode) {
    boolean hasContent = FileChecks.hasContent(sessions.file(), mode);
    if (!hasContent && mode != OpenMode.CREATE) {
      throw Schema.blank(sessions.file(), "an empty file");
    }
    return translating(
        sessions.file(),
        () -> {
          if (mode == OpenMode.READ) {
            return toRead(sessions);
          }
          Prepared prepared = prepared(sessions, hasContent, mode);
          return new OpenedStore(sessions, new ReaderPool(sessions, false), prepared.writer());
        });
  }

  /**
   * Makes a store where there is none, or the schema in an empty database, and nothing else.
   *
   * @param sessions where it is
   * @return the version of the schema that was found; 0 for none
   * @throws TidemarkException as {@link dev.tidemark.spi.StoreSchema#migrate} says
   */
  static int migrate(Sessions sessions) {
    boolean hasContent = FileChecks.hasContent(sessions.file(), OpenMode.CREATE);
    return translating(
        sessions.file(),
        () -> {
          Prepared prepared = prepared(sessions, hasContent, OpenMode.CREATE);
          prepared.writer().close();
          return prepared.found();
        });
  }

  /**
   * Looks up the version of the schema, without any change.
   *
   * @param sessions where the store is
   * @return the version; 0 for none
   * @throws TidemarkException as {@link dev.tidemark.spi.StoreSchema#storedVersion} says
   */
  static int storedVersion(Sessions sessions) {
    return FileChecks.hasContent(sessions.file(), OpenMode.READ)
        ? translating(sessions.file(), () -> untouched(sessions, Schema::storedVersion))
        : 0;
  }

  /**
   * A use of the file.
   *
   * @param <T> what it gives
   */
  private interface Use<T> {
    T run() throws SQLException;
  }

  private static <T> T translating(StoreFile file, Use<T> use) {
    try {
      return use.run();
    } catch (SQLException e) {
      TidemarkException failure = SqlFailures.translate(file, e);
      // A header that is none of SQLite's, or of no sense: there never was a store.
      throw isNoDatabase(e)
          ? file.failure(ErrorCode.NOT_A_STORE, "no SQLite database", "name another file")
              .causedBy(e)
              .build()
          : failure;
    }
  }

  private static boolean isNoDatabase(SQLException failure) {
    return String.valueOf(failure.getMessage()).contains("[SQLITE_NOTADB]");
  }

  private static OpenedStore toRead(Sessions sessions) throws SQLException {
    identifyUntouched(sessions, OpenMode.READ);
    return new OpenedStore(sessions, new ReaderPool(sessions, true), null);
  }

  /** A connection to a store that is there now, and the version of the schema that it had. */
  private record Prepared(Session writer, int found) {}

  /**
   * Makes a store ready to be written. When it fails to create one, an empty file is left, or a
   * store without documents: the schema is made in one transaction. Neither is deleted, as another
   * process may have opened it, and filled it, since; both can be opened with {@link
   * OpenMode#CREATE} again.
   */
  private static Prepared prepared(Sessions sessions, boolean hasContent, OpenMode mode)
      throws SQLException {
    if (!hasContent) {
      createEmpty(sessions.file());
    } else if (!sessions.file().journal().exists()) {
      identifyUntouched(sessions, mode);
    }
    return prepared(sessions, mode);
  }

  /**
   * Looks whether it is a store before anything is done to it: the mere end of a writing connection
   * checkpoints a log, and whose log it is must be known before.
   */
  private static void identifyUntouched(Sessions sessions, OpenMode mode) throws SQLException {
    untouched(
        sessions,
        (file, session) -> {
          if (mode != OpenMode.CREATE || Schema.identify(session) != Schema.Kind.BLANK) {
            Schema.ensureCurrent(file, session);
          }
          return true;
        });
  }

  /**
   * A look at a file.
   *
   * @param <T> what it gives
   */
  private interface Look<T> {
    T at(StoreFile file, Session session) throws SQLException;
  }

  /** Looks at the file, and again if it was changed under the look. */
  private static <T> T untouched(Sessions sessions, Look<T> look) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Session session = sessions.openReadOnly()) {
        return look(session, sessions.file(), look);
      } catch (ChangedFileException e) {
        if (attempt == LOOKS) {
          throw e;
        }
      }
    }
  }

  private static <T> T look(Session session, StoreFile file, Look<T> look) throws SQLException {
    try {
      return look.at(file, session);
    } finally {
      // Instead of whatever was read or thrown, which then means nothing.
      session.verifySnapshot();
    }
  }

  private static Prepared prepared(Sessions sessions, OpenMode mode) throws SQLException {
    Session writer = retryWhileBusy(sessions, sessions::openWriter);
    try {
      boolean isMade =
          mode == OpenMode.CREATE && retryWhileBusy(sessions, () -> createIfBlank(writer));
      retryWhileBusy(
          sessions,
          () -> {
            Schema.ensureCurrent(sessions.file(), writer);
            useLog(sessions.file(), writer);
            return true;
          });
      limitSize(sessions, writer);
      return new Prepared(writer, isMade ? 0 : Schema.VERSION);
    } catch (SQLException | RuntimeException e) {
      Sessions.closeAfter(writer, e);
      throw e;
    }
  }

  private static boolean createIfBlank(Session writer) throws SQLException {
    return Schema.identify(writer) == Schema.Kind.BLANK && Schema.create(writer);
  }

  private static void useLog(StoreFile file, Session writer) throws SQLException {
    String mode = writer.text("PRAGMA journal_mode=wal");
    if (!mode.equals("wal")) {
      throw file.failure(
              ErrorCode.STORAGE_FAILED,
              "the file system has no shared memory for SQLite's log",
              "put the store on a local file system")
          .build();
    }
  }

  private static void limitSize(Sessions sessions, Session writer) throws SQLException {
    long limit = sessions.options().maxSize();
    if (limit > 0) {
      long pages = limit / writer.number("PRAGMA page_size");
      writer.execute("PRAGMA max_page_count=" + pages);
    }
  }

  /**
   * While a schema is made, and until the file is in WAL mode, whoever opens it meets locks, also
   * where SQLite does not wait by itself.
   */
  private static <T> T retryWhileBusy(Sessions sessions, Use<T> step) throws SQLException {
    long start = System.nanoTime();
    long patience = TimeUnit.MILLISECONDS.toNanos(sessions.options().busyTimeout());
    while (true) {
      try {
        return step.run();
      } catch (SQLException e) {
        if (!SqlFailures.isBusy(e) || System.nanoTime() - start > patience) {
          throw e;
        }
        pause(sessions.file(), e);
      }
    }
  }

  private static void pause(StoreFile file, SQLException busy) {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw file.failure(
              ErrorCode.INTERRUPTED,
              "the thread waited for other processes",
              "call again if it is still wanted")
          .causedBy(busy)
          .build();
    }
  }

  private static void createEmpty(StoreFile file) {
    try {
      Files.createFile(file.path());
    } catch (FileAlreadyExistsException e) {
      // Empty, or being made a store by another process just now.
    } catch (IOException e) {
      throw file.failure(
              ErrorCode.STORAGE_FAILED, "the file cannot be created", "check its name and medium")
          .causedBy(e)
          .build();
    }
  }
}

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
    StoreFile file = sessions.file();
    boolean hasContent = FileChecks.hasContent(file, mode);
    if (!hasContent && mode != OpenMode.CREATE) {
      throw Schema.notAStore(file, "an empty file");
    }
    try {
      if (mode == OpenMode.READ) {
        return toRead(sessions);
      }
      return hasContent ? existing(sessions, mode) : created(sessions);
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

  private static OpenedStore existing(Sessions sessions, OpenMode mode) throws SQLException {
    if (!sessions.file().journal().exists()) {
      identifyUntouched(sessions, mode);
    }
    return opened(sessions, mode);
  }

  /**
   * Looks whether it is a store before anything is done to it: the mere end of a writing connection
   * checkpoints a log, and whose log it is must be known before. Looks again if the file was
   * changed under the look.
   */
  private static void identifyUntouched(Sessions sessions, OpenMode mode) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try (Session session = sessions.openReadOnly()) {
        identify(session, sessions.file(), mode);
        return;
      } catch (ChangedFileException e) {
        if (attempt == LOOKS) {
          throw e;
        }
      }
    }
  }

  private static void identify(Session session, StoreFile file, OpenMode mode) throws SQLException {
    try {
      if (mode != OpenMode.CREATE || Schema.identify(session) != Schema.Kind.BLANK) {
        Schema.ensureCurrent(file, session);
      }
    } finally {
      // Instead of whatever was read or thrown, which then means nothing.
      session.verifySnapshot();
    }
  }

  /**
   * Makes a store. When that fails, an empty file is left, or a store without documents: the schema
   * is made in one transaction. Neither is deleted, as another process may have opened it, and
   * filled it, since; both can be opened with {@link OpenMode#CREATE} again.
   */
  private static OpenedStore created(Sessions sessions) throws SQLException {
    createEmpty(sessions.file());
    return opened(sessions, OpenMode.CREATE);
  }

  private static OpenedStore opened(Sessions sessions, OpenMode mode) throws SQLException {
    Session writer = sessions.openWriter();
    try {
      if (mode == OpenMode.CREATE && Schema.identify(writer) == Schema.Kind.BLANK) {
        retryWhileBusy(sessions, () -> Schema.create(writer));
      }
      Schema.ensureCurrent(sessions.file(), writer);
      retryWhileBusy(sessions, () -> useLog(sessions.file(), writer));
      limitSize(sessions, writer);
    } catch (SQLException | RuntimeException e) {
      Sessions.closeAfter(writer, e);
      throw e;
    }
    return new OpenedStore(sessions, new ReaderPool(sessions, false), writer);
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

  private interface Step {
    void run() throws SQLException;
  }

  /** The change to WAL does not wait for readers in other processes by itself. */
  private static void retryWhileBusy(Sessions sessions, Step step) throws SQLException {
    long start = System.nanoTime();
    long patience = TimeUnit.MILLISECONDS.toNanos(sessions.options().busyTimeout());
    while (true) {
      try {
        step.run();
        return;
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

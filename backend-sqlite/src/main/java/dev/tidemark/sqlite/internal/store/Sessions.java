package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig.Pragma;

/**
 * Opens the connections of one store.
 *
 * @param file the store
 * @param options its parameters
 */
public record Sessions(StoreFile file, StoreOptions options) {
  /**
   * How long SQLite itself waits for a lock before the writer looks whether its thread was
   * interrupted or its time is over.
   */
  private static final int WAIT_SLICE_MILLIS = 25;

  /**
   * A log above this size is cut back once it was checkpointed: after a bulk load, or a long read.
   */
  static final long KEPT_LOG_BYTES = 64L << 20;

  private static final int OPEN_ATTEMPTS = 5;

  /**
   * Opens a connection that writes.
   *
   * @return the session
   * @throws SQLException if it fails
   */
  Session openWriter() throws SQLException {
    return open(
        "mode=rw",
        null,
        "busy_timeout=" + Math.min(options.busyTimeout(), WAIT_SLICE_MILLIS),
        "synchronous=" + options.synchronous(),
        "journal_size_limit=" + KEPT_LOG_BYTES);
  }

  /**
   * Opens a connection that reads beside a writing one of this process, which keeps the shared
   * index alive.
   *
   * @return the session
   * @throws SQLException if it fails
   */
  Session openReader() throws SQLException {
    return open(
        ReadAccess.Mode.SHARED.parameters(),
        null,
        "busy_timeout=" + options.busyTimeout(),
        "query_only=on");
  }

  /**
   * Opens a connection that needs no right to write.
   *
   * @return the session
   * @throws SQLException if it fails
   */
  Session openReadOnly() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      ReadAccess access = readAccess();
      try {
        return openReadOnly(access);
      } catch (SQLException e) {
        // A writer that came or went between the look and the opening changes the way to open.
        if (attempt == OPEN_ATTEMPTS || readAccess().mode() == access.mode()) {
          throw e;
        }
      }
    }
  }

  private Session openReadOnly(ReadAccess access) throws SQLException {
    // Must come before the first read: only then is the log's index kept in private memory.
    String locking = access.mode() == ReadAccess.Mode.PRIVATE_INDEX ? "exclusive" : "normal";
    return open(
        access.mode().parameters(),
        access,
        "locking_mode=" + locking,
        "busy_timeout=" + options.busyTimeout(),
        "query_only=on");
  }

  private Session open(String parameters, @Nullable ReadAccess access, String... pragmas)
      throws SQLException {
    Session session = new Session(connect(parameters), access);
    try {
      for (String pragma : pragmas) {
        session.execute("PRAGMA " + pragma);
      }
      session.execute("PRAGMA cache_size=" + -options.cacheSize() / 1024);
      // Sorting and recursion never write a temporary file, which a read-only system could refuse.
      session.execute("PRAGMA temp_store=memory");
      // Whoever can change the file must not get functions called that do more than compute.
      session.execute("PRAGMA trusted_schema=off");
      return session;
    } catch (SQLException e) {
      closeAfter(session, e);
      throw e;
    }
  }

  static void closeAfter(Session session, Exception failure) {
    try {
      session.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private ReadAccess readAccess() {
    try {
      return ReadAccess.now(file);
    } catch (NoSuchFileException e) {
      throw file.failure(ErrorCode.STORE_NOT_FOUND, "the file is gone", "restore it")
          .causedBy(e)
          .build();
    } catch (AccessDeniedException e) {
      throw noAccess(e);
    } catch (IOException e) {
      throw file.failure(ErrorCode.STORAGE_FAILED, "the file's attributes cannot be read", "retry")
          .causedBy(e)
          .build();
    }
  }

  private TidemarkException noAccess(IOException cause) {
    return file.failure(
            ErrorCode.PERMISSION_DENIED, "the file is out of reach", "grant the right to read it")
        .causedBy(cause)
        .build();
  }

  private Connection connect(String parameters) throws SQLException {
    Properties driver = new Properties();
    driver.setProperty(Pragma.JDBC_GET_GENERATED_KEYS.getPragmaName(), "false");
    return JDBC.createConnection("jdbc:sqlite:" + uri(file.path()) + "?" + parameters, driver);
  }

  /** The path as an SQLite URI: the driver leaves it alone, whatever characters it has. */
  private static String uri(Path path) {
    String text = path.toString();
    if (File.separatorChar != '/') {
      text = "/" + text.replace(File.separatorChar, '/');
    }
    return "file:" + text.replace("%", "%25").replace("?", "%3f").replace("#", "%23");
  }
}

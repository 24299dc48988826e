package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What the result codes of SQLite mean here (https://sqlite.org/rescode.html). */
public final class SqlFailures {
  /**
   * The driver's "[SQLITE_FULL] Insertion failed (database or disk is full)"; SQLite's own words.
   */
  private static final Pattern DRIVER_TEXT =
      Pattern.compile("^\\[SQLITE_\\w+\\][^(]*\\((.*)\\)$", Pattern.DOTALL);

  private static final int PRIMARY_CODE = 0xFF;

  private SqlFailures() {}

  /**
   * Makes the exception for a failure of SQLite or its driver.
   *
   * @param file the store
   * @param failure what was thrown
   * @return the exception to throw
   */
  public static TidemarkException translate(StoreFile file, SQLException failure) {
    Meaning meaning = meaning(failure);
    TidemarkException.Builder builder =
        file.failure(meaning.code, text(failure), meaning.remedy).causedBy(failure);
    if (failure instanceof SQLiteException e) {
      builder.with(Detail.VENDOR_CODE, e.getResultCode().name());
    }
    return builder.build();
  }

  /**
   * Tells whether another connection was in the way.
   *
   * @param failure what was thrown
   * @return whether waiting can help
   */
  public static boolean isBusy(SQLException failure) {
    return meaning(failure) == Meaning.BUSY;
  }

  private static Meaning meaning(SQLException failure) {
    if (failure instanceof DamagedRowException) {
      return Meaning.DAMAGED;
    }
    if (failure instanceof ChangedFileException) {
      return Meaning.CONFLICT;
    }
    return failure instanceof SQLiteException e ? meaning(e.getResultCode()) : Meaning.FAILED;
  }

  private static Meaning meaning(SQLiteErrorCode extended) {
    return switch (extended) {
      case SQLITE_BUSY_SNAPSHOT -> Meaning.CONFLICT;
      case SQLITE_READONLY_ROLLBACK, SQLITE_READONLY_RECOVERY, SQLITE_READONLY_CANTINIT ->
          Meaning.UNFINISHED;
      case SQLITE_READONLY_DBMOVED -> Meaning.MOVED;
      default -> primary(SQLiteErrorCode.getErrorCode(extended.code & PRIMARY_CODE));
    };
  }

  private static Meaning primary(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> Meaning.BUSY;
      case SQLITE_READONLY -> Meaning.READ_ONLY;
      case SQLITE_PERM, SQLITE_AUTH -> Meaning.FORBIDDEN;
      case SQLITE_INTERRUPT -> Meaning.INTERRUPTED;
      case SQLITE_FULL -> Meaning.FULL;
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_CONSTRAINT, SQLITE_MISMATCH -> Meaning.DAMAGED;
      case SQLITE_CANTOPEN -> Meaning.CANNOT_OPEN;
      default -> Meaning.FAILED;
    };
  }

  private static String text(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    Matcher matcher = DRIVER_TEXT.matcher(message);
    String text = matcher.matches() ? matcher.group(1) : message;
    return text.replaceAll("\\s+", " ").strip();
  }

  private enum Meaning {
    BUSY(ErrorCode.STORE_BUSY, "try again, or raise the URI's busy_timeout"),
    CONFLICT(ErrorCode.TRANSACTION_CONFLICT, "try the whole transaction again"),
    READ_ONLY(ErrorCode.READ_ONLY, "make the file and its directory writable"),
    UNFINISHED(
        ErrorCode.READ_ONLY, "open the store once for writing, which finishes what a crash left"),
    MOVED(ErrorCode.STORAGE_FAILED, "do not move or replace the file while it is open"),
    FORBIDDEN(ErrorCode.PERMISSION_DENIED, "grant the rights to the file and its directory"),
    CANNOT_OPEN(
        ErrorCode.STORAGE_FAILED, "check the rights to the directory and the limit of open files"),
    INTERRUPTED(ErrorCode.INTERRUPTED, "call again if the work is still wanted"),
    FULL(ErrorCode.STORAGE_FULL, "free space on the medium, or raise the URI's max_size"),
    DAMAGED(ErrorCode.STORE_CORRUPT, "restore a backup, or pull the documents into a new store"),
    FAILED(ErrorCode.STORAGE_FAILED, "check the medium and the system's log");

    private final ErrorCode code;
    private final String remedy;

    Meaning(ErrorCode code, String remedy) {
      this.code = code;
      this.remedy = remedy;
    }
  }
}

package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * What the SQLSTATEs of PostgreSQL mean here
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
public final class SqlFailures {
  private SqlFailures() {}

  /** When a failure came, which decides what a broken connection means. */
  public enum Moment {
    /** While a connection was asked for. */
    CONNECTING,
    /** In a transaction that has not been asked to commit. */
    WORKING,
    /** After the commit was sent. */
    COMMITTING
  }

  /**
   * Makes the exception for a failure of the server, the driver or the pool.
   *
   * @param name the store
   * @param failure what was thrown
   * @param moment when
   * @return the exception to throw
   */
  public static TidemarkException translate(StoreName name, SQLException failure, Moment moment) {
    SQLException root = root(failure);
    Meaning meaning = meaning(root, moment);
    TidemarkException.Builder builder =
        name.failure(meaning.code, text(root), meaning.remedy(name)).causedBy(failure);
    if (root.getSQLState() != null) {
      builder.with(Detail.SQLSTATE, root.getSQLState());
    }
    return builder.build();
  }

  /** Looks behind what the pool says of a connection that it could not make, and behind batches. */
  private static SQLException root(SQLException failure) {
    SQLException root = failure;
    while (root.getSQLState() == null || root instanceof SQLTransientConnectionException) {
      if (root.getCause() instanceof SQLException cause) {
        root = cause;
      } else if (root.getNextException() != null) {
        root = root.getNextException();
      } else {
        break;
      }
    }
    return root;
  }

  /**
   * Makes a failure of what a driver that is not PostgreSQL's throws instead of one.
   *
   * @param thrown what it has thrown
   * @return the failure
   */
  static SQLException unexpected(RuntimeException thrown) {
    return thrown.getCause() instanceof SQLException cause
        ? cause
        : new SQLException(String.valueOf(thrown.getMessage()), thrown);
  }

  /**
   * Returns the SQLSTATE of a failure.
   *
   * @param failure what was thrown
   * @return five letters and digits; empty if there are none
   */
  public static String state(SQLException failure) {
    String state = root(failure).getSQLState();
    return state == null ? "" : state;
  }

  private static Meaning meaning(SQLException failure, Moment moment) {
    if (failure instanceof DamagedRowException) {
      return Meaning.DAMAGED;
    }
    if (failure instanceof NumberTakenException) {
      return Meaning.NUMBER_TAKEN;
    }
    if (failure.getCause() instanceof InterruptedException) {
      return Meaning.INTERRUPTED;
    }
    String state = failure.getSQLState();
    if (state == null || state.length() < 2) {
      return failure instanceof SQLTransientConnectionException ? Meaning.EXHAUSTED : other(moment);
    }
    return switch (state) {
      case "40001", "40P01" -> Meaning.CONFLICT;
      case "40003" -> Meaning.UNKNOWN;
      // Whoever meets it has found that no other writer put the row that is in the way.
      case "23505" -> Meaning.IN_THE_WAY;
      case "55P03" -> Meaning.BUSY;
      case "57P01", "57P02", "57P05", "25P03", "25P04" -> broken(moment);
      case "57P03" -> Meaning.UNREACHABLE;
      case "57014" -> Meaning.CANCELED;
      case "53300" -> Meaning.CROWDED;
      case "53100" -> Meaning.FULL;
      case "25006" -> Meaning.READ_ONLY;
      case "3D000" -> Meaning.NO_DATABASE;
      case "3F000", "42P01" -> Meaning.NO_SCHEMA;
      case "42501" -> Meaning.FORBIDDEN;
      case "XX001", "XX002" -> Meaning.DAMAGED;
      default -> byClass(state.substring(0, 2), moment);
    };
  }

  private static Meaning byClass(String stateClass, Moment moment) {
    return switch (stateClass) {
      case "08" -> broken(moment);
      case "28" -> Meaning.UNKNOWN_USER;
      default -> Meaning.FAILED;
    };
  }

  private static Meaning other(Moment moment) {
    return moment == Moment.CONNECTING ? Meaning.UNREACHABLE : Meaning.FAILED;
  }

  private static Meaning broken(Moment moment) {
    return switch (moment) {
      case CONNECTING -> Meaning.UNREACHABLE;
      case WORKING -> Meaning.LOST;
      case COMMITTING -> Meaning.UNKNOWN;
    };
  }

  /** One line, without the driver's list of everything it noticed. */
  private static String text(SQLException failure) {
    @Nullable Throwable cause = failure.getCause();
    if (cause instanceof UnknownHostException) {
      return "unknown host " + cause.getMessage();
    }
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    return (end < 0 ? message : message.substring(0, end)).strip();
  }

  private enum Meaning {
    CONFLICT(ErrorCode.TRANSACTION_CONFLICT, "try the whole transaction again"),
    BUSY(ErrorCode.STORE_BUSY, "try again, or raise the URI's lock_timeout"),
    EXHAUSTED(ErrorCode.STORE_BUSY, "close what is read, or raise the URI's pool_size"),
    CROWDED(ErrorCode.STORE_BUSY, "try again, or raise the server's max_connections"),
    LOST(ErrorCode.CONNECTION_LOST, "try the whole transaction again"),
    UNKNOWN(ErrorCode.COMMIT_UNKNOWN, "look whether the operations are in the log"),
    UNREACHABLE(ErrorCode.STORE_UNREACHABLE, "check host and port, and whether the server runs"),
    UNKNOWN_USER(ErrorCode.AUTHENTICATION_FAILED, "check user and password"),
    NO_DATABASE(ErrorCode.STORE_NOT_FOUND, "create the database, or name another one"),
    NO_SCHEMA(ErrorCode.STORE_NOT_FOUND, "create the schema: "),
    FORBIDDEN(ErrorCode.PERMISSION_DENIED, "grant the right to the role that is used here"),
    READ_ONLY(ErrorCode.READ_ONLY, "write to the primary server, or to a database that is not"),
    INTERRUPTED(ErrorCode.INTERRUPTED, "call again if the work is still wanted"),
    CANCELED(ErrorCode.STORAGE_FAILED, "raise the server's statement_timeout for this role"),
    FULL(ErrorCode.STORAGE_FULL, "free space on the server's medium"),
    DAMAGED(ErrorCode.STORE_CORRUPT, "restore a backup, or pull the documents into a new store"),
    IN_THE_WAY(
        ErrorCode.STORE_CORRUPT,
        "a row is there that the document does not know of: verify it, and restore a backup"),
    NUMBER_TAKEN(ErrorCode.INVALID_ARGUMENT, "choose another name for the document"),
    FAILED(ErrorCode.STORAGE_FAILED, "look into the server's log");

    private final ErrorCode code;
    private final String remedy;

    Meaning(ErrorCode code, String remedy) {
      this.code = code;
      this.remedy = remedy;
    }

    private String remedy(StoreName name) {
      return this == NO_SCHEMA ? remedy + name.command() : remedy;
    }
  }
}

package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which version of the schema a file has, and the one transaction that makes it.
 *
 * <p>The file's header says whose it is ({@code application_id}) and the version ({@code
 * user_version}). A later version adds its step to {@link #create}'s as an upgrade from the version
 * before.
 */
final class Schema {
  /** The version that this release reads and writes. */
  static final int VERSION = 1;

  /** "TDMK". */
  static final int APPLICATION_ID = 0x54444D4B;

  /** What a file is. */
  enum Kind {
    /** A database without anything in it. */
    BLANK,
    /** A database of something else. */
    FOREIGN,
    /** A store, of whatever version. */
    STORE
  }

  private Schema() {}

  static Kind identify(Session session) throws SQLException {
    long application = session.number("PRAGMA application_id");
    if (application == APPLICATION_ID) {
      return Kind.STORE;
    }
    boolean isBlank =
        application == 0
            && session.number("PRAGMA user_version") == 0
            && session.number("SELECT count(*) FROM sqlite_schema") == 0;
    return isBlank ? Kind.BLANK : Kind.FOREIGN;
  }

  /** Returns the version of a store's schema; 0 for a database without anything in it. */
  static int storedVersion(StoreFile file, Session session) throws SQLException {
    return switch (identify(session)) {
      case BLANK -> 0;
      case FOREIGN -> throw foreign(file);
      case STORE -> {
        long version = session.number("PRAGMA user_version");
        if (version < 1) {
          throw unknown(file, version);
        }
        yield Math.toIntExact(version);
      }
    };
  }

  /** Refuses what is no store, and stores of other versions. */
  static void ensureCurrent(StoreFile file, Session session) throws SQLException {
    int version = storedVersion(file, session);
    if (version == 0) {
      throw blank(file, "an empty database");
    }
    if (version > VERSION) {
      throw file.failure(ErrorCode.SCHEMA_TOO_NEW)
          .with(Detail.REMEDY, "update Tidemark")
          .with(Detail.EXPECTED, VERSION)
          .with(Detail.ACTUAL, (long) version)
          .build();
    }
  }

  /** No release ever wrote such a version. */
  private static RuntimeException unknown(StoreFile file, long version) {
    return file.failure(ErrorCode.STORE_CORRUPT)
        .with(Detail.PROBLEM, "no known schema version")
        .with(Detail.REMEDY, "restore a backup")
        .with(Detail.EXPECTED, VERSION)
        .with(Detail.ACTUAL, version)
        .build();
  }

  private static RuntimeException foreign(StoreFile file) {
    return file.failure(
            ErrorCode.NOT_A_STORE, "a database of another application", "name another file")
        .build();
  }

  /** Refuses a file in which a store may be made, as a creation that failed leaves it as well. */
  static RuntimeException blank(StoreFile file, String problem) {
    return file.failure(
            ErrorCode.NOT_A_STORE,
            problem,
            "name another file, or make it a store: create it once more, or run the schema step")
        .build();
  }

  /** The statements that make the schema in a blank database, in one transaction. */
  static List<String> statements() {
    List<String> statements = new ArrayList<>();
    SchemaVersion1.STATEMENTS.forEach(statement -> statements.add(statement.strip()));
    statements.add("PRAGMA application_id=" + APPLICATION_ID);
    statements.add("PRAGMA user_version=" + VERSION);
    return List.copyOf(statements);
  }

  /**
   * Makes the schema in a blank database, unless somebody else has done it meanwhile.
   *
   * @return whether it was made here
   */
  static boolean create(Session session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    try {
      boolean isBlank = identify(session) == Kind.BLANK;
      if (isBlank) {
        for (String statement : statements()) {
          session.execute(statement);
        }
      }
      session.execute("COMMIT");
      return isBlank;
    } catch (SQLException e) {
      Transactions.rollBackAfter(session, e);
      throw e;
    }
  }
}

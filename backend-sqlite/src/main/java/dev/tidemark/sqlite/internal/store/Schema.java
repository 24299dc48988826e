package dev.tidemark.sqlite.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import java.sql.SQLException;

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

  /** Refuses what is no store, and stores of other versions. */
  static void ensureCurrent(StoreFile file, Session session) throws SQLException {
    switch (identify(session)) {
      case BLANK -> throw notAStore(file, "an empty database");
      case FOREIGN -> throw notAStore(file, "a database of another application");
      case STORE -> {}
    }
    long version = session.number("PRAGMA user_version");
    if (version > VERSION) {
      throw file.failure(ErrorCode.SCHEMA_TOO_NEW)
          .with(Detail.REMEDY, "update Tidemark")
          .with(Detail.EXPECTED, VERSION)
          .with(Detail.ACTUAL, version)
          .build();
    }
    if (version < VERSION) {
      // No release ever wrote such a version.
      throw file.failure(ErrorCode.STORE_CORRUPT)
          .with(Detail.PROBLEM, "no known schema version")
          .with(Detail.REMEDY, "restore a backup")
          .with(Detail.EXPECTED, VERSION)
          .with(Detail.ACTUAL, version)
          .build();
    }
  }

  static RuntimeException notAStore(StoreFile file, String problem) {
    return file.failure(ErrorCode.NOT_A_STORE, problem, "name another file").build();
  }

  /** Makes the schema in a blank database, unless somebody else has done it meanwhile. */
  static void create(Session session) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    try {
      if (identify(session) == Kind.BLANK) {
        for (String statement : SchemaVersion1.STATEMENTS) {
          session.execute(statement);
        }
        session.execute("PRAGMA application_id=" + APPLICATION_ID);
        session.execute("PRAGMA user_version=" + VERSION);
      }
      session.execute("COMMIT");
    } catch (SQLException e) {
      Transactions.rollBackAfter(session, e);
      throw e;
    }
  }
}

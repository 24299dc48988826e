package dev.tidemark.postgres.internal.store;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.postgres.internal.store.SqlFailures.Moment;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.StoreSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which version of the schema a store has, and the one transaction that makes it.
 *
 * <p>No lock keeps two processes apart here, as the engines that shard have none. The one that
 * comes second waits for the first one's names in the catalog, fails, and finds when it looks again
 * that all is done.
 */
public final class Schema implements StoreSchema {
  /** The version that this release reads and writes. */
  static final int VERSION = 1;

  /**
   * The table of the version without a row: made by an engine that knows no transactions for that,
   * or by hand, and not finished yet, or never.
   */
  private static final int UNFINISHED = -1;

  private static final int ATTEMPTS = 20;
  private static final long PAUSE_MILLIS = 50;

  /** What the loser of a race is told: the name is there, or a row of the catalog is. */
  private static final Set<String> RACES =
      Set.of("23505", "42P06", "42P07", "42710", "40001", "40P01", "XX000");

  private final DataSource source;
  private final StoreName name;

  /**
   * Makes the step for a store.
   *
   * @param source connects to its server, when something is looked up or made
   * @param name the store
   */
  public Schema(DataSource source, StoreName name) {
    this.source = source;
    this.name = name;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> statements(int from) {
    if (from < 0 || from > VERSION) {
      throw name.failure(
              ErrorCode.INVALID_ARGUMENT,
              "no release wrote version " + from,
              "name one from 0 to " + VERSION)
          .build();
    }
    if (from == VERSION) {
      return List.of();
    }
    // Whoever executes them one after the other, whatever fails, has all of them or none.
    List<String> statements = new ArrayList<>();
    statements.add("BEGIN");
    statements.addAll(definitions(false));
    statements.add("COMMIT");
    return statements;
  }

  @Override
  public int storedVersion() {
    try (Borrowed borrowed = borrow()) {
      return storedVersion(borrowed.connection());
    } catch (SQLException e) {
      throw SqlFailures.translate(name, e, Moment.CONNECTING);
    }
  }

  @Override
  public int migrate() {
    try (Borrowed borrowed = borrow()) {
      return migrate(borrowed.connection());
    } catch (SQLException e) {
      throw SqlFailures.translate(name, e, Moment.CONNECTING);
    }
  }

  private Borrowed borrow() throws SQLException {
    Borrowed borrowed = Borrowed.from(source);
    try {
      borrowed.connection().setAutoCommit(true);
      return borrowed;
    } catch (SQLException e) {
      borrowed.closeAfter(e);
      throw e;
    }
  }

  /** Makes sure that a store may be opened, and creates its schema where that is asked for. */
  void ensureCurrent(Connection connection, OpenMode mode) throws SQLException {
    int stored = storedVersion(connection);
    if (stored == 0 || (stored == UNFINISHED && mode == OpenMode.CREATE)) {
      if (mode != OpenMode.CREATE) {
        throw name.failure(
                ErrorCode.STORE_NOT_FOUND,
                "the database has no schema " + name.schema() + " with Tidemark's tables",
                "create it: " + name.command())
            .build();
      }
      migrate(connection);
    } else {
      ensureKnown(stored);
    }
  }

  private void ensureKnown(int stored) {
    if (stored > VERSION) {
      throw name.failure(ErrorCode.SCHEMA_TOO_NEW)
          .with(Detail.REMEDY, "update Tidemark")
          .with(Detail.EXPECTED, VERSION)
          .with(Detail.ACTUAL, stored)
          .build();
    }
    if (stored == UNFINISHED) {
      throw name.failure(
              ErrorCode.STORE_NOT_FOUND,
              "the schema " + name.schema() + " was begun and is not finished",
              "wait for whoever makes it, or drop the schema and create it again")
          .build();
    }
    if (stored < 1) {
      throw name.failure(
              ErrorCode.STORE_CORRUPT, "no known schema version " + stored, "restore a backup")
          .build();
    }
  }

  private int storedVersion(Connection connection) throws SQLException {
    if (!Sessions.isPlain(connection) && !hasVersionTable(connection)) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                name.qualify("SELECT max(version) FROM tidemark.schema_version"))) {
      row.next();
      int version = row.getInt(1);
      return row.wasNull() ? UNFINISHED : version;
    } catch (SQLException e) {
      String state = SqlFailures.state(e);
      if (state.equals("42P01") || state.equals("3F000")) {
        return 0;
      }
      throw e;
    }
  }

  /** Engines that shard have failures of their own for a table that is not there. */
  private boolean hasVersionTable(Connection connection) throws SQLException {
    try (ResultSet table =
        connection.getMetaData().getTables(null, name.schema(), "schema_version", null)) {
      while (table.next()) {
        // The name is a pattern to some, and nothing to others.
        if (name.schema().equals(table.getString("TABLE_SCHEM"))) {
          return true;
        }
      }
      return false;
    } catch (RuntimeException e) {
      throw SqlFailures.unexpected(e);
    }
  }

  private int migrate(Connection connection) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      int stored = storedVersion(connection);
      if (stored == UNFINISHED && attempt < ATTEMPTS) {
        pause(null);
        continue;
      }
      if (stored != 0) {
        ensureKnown(stored);
        return stored;
      }
      try {
        create(connection);
        return 0;
      } catch (SQLException e) {
        refuse(e, attempt);
        pause(e);
      }
    }
  }

  private void create(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String sql : definitions(hasSchema(connection))) {
        statement.execute(sql);
      }
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      rollBackAfter(connection, e);
      throw e;
    }
  }

  private static void rollBackAfter(Connection connection, SQLException failure) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Where the schema is there, the right to create one may be missing and is not needed. */
  private List<String> definitions(boolean hasSchema) {
    List<String> definitions = new ArrayList<>();
    if (!hasSchema) {
      definitions.add("CREATE SCHEMA IF NOT EXISTS " + name.quotedSchema());
    }
    SchemaVersion1.STATEMENTS.forEach(sql -> definitions.add(name.qualify(sql)));
    return definitions;
  }

  private boolean hasSchema(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
      statement.setString(1, name.schema());
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private void refuse(SQLException failure, int attempt) {
    String state = SqlFailures.state(failure);
    if (state.equals("42501")) {
      throw name.failure(
              ErrorCode.PERMISSION_DENIED,
              "the role may not create the schema " + name.schema(),
              "run as a role that may: "
                  + name.command()
                  + ", or print the statements with --print")
          .with(Detail.SQLSTATE, state)
          .causedBy(failure)
          .build();
    }
    if (attempt == ATTEMPTS && state.startsWith("42")) {
      // Still no version, though a name is taken.
      throw name.failure(
              ErrorCode.NOT_A_STORE,
              "other tables are in the way: " + failure.getMessage(),
              "name another schema")
          .with(Detail.SQLSTATE, state)
          .causedBy(failure)
          .build();
    }
    if (attempt == ATTEMPTS || !RACES.contains(state)) {
      throw SqlFailures.translate(name, failure, Moment.WORKING);
    }
  }

  private void pause(@Nullable SQLException lost) {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw name.failure(
              ErrorCode.INTERRUPTED,
              "the thread waited for another process that makes the schema",
              "call again if it is still wanted")
          .causedBy(lost == null ? e : lost)
          .build();
    }
  }
}

package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.StoreSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The schema, and the step that makes it. */
final class H2Schema implements StoreSchema {
  private static final int VERSION = 1;

  // tutorial: schema
  /**
   * H2 commits each of these statements by itself. So the version comes last, and a step that ended
   * in between is simply made again.
   */
  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE IF NOT EXISTS tidemark_schema(version INT NOT NULL)",
          """
          CREATE TABLE IF NOT EXISTS document(
            document VARBINARY(255) PRIMARY KEY, state VARBINARY)\
          """,
          """
          CREATE TABLE IF NOT EXISTS operation(
            document VARBINARY(255) NOT NULL, position VARBINARY(16) NOT NULL,
            id VARBINARY(160) NOT NULL, content_node VARBINARY(16), content_key VARBINARY(160),
            body VARBINARY NOT NULL, PRIMARY KEY(document, position))\
          """,
          "CREATE UNIQUE INDEX IF NOT EXISTS operation_id ON operation(document, id)",
          """
          CREATE INDEX IF NOT EXISTS content ON operation(document, content_node, content_key)\
          """,
          """
          CREATE TABLE IF NOT EXISTS node(
            document VARBINARY(255) NOT NULL, node VARBINARY(16) NOT NULL,
            parent VARBINARY(16), sibling VARBINARY(2100),
            body VARBINARY NOT NULL, PRIMARY KEY(document, node))\
          """,
          "CREATE INDEX IF NOT EXISTS child ON node(document, parent, sibling)",
          """
          CREATE TABLE IF NOT EXISTS deletion(
            document VARBINARY(255) NOT NULL, node VARBINARY(16) NOT NULL,
            body VARBINARY NOT NULL, PRIMARY KEY(document, node))\
          """,
          """
          CREATE TABLE IF NOT EXISTS structural(
            document VARBINARY(255) NOT NULL, node VARBINARY(16) NOT NULL,
            canonical VARBINARY(160) NOT NULL, is_effective BOOLEAN NOT NULL,
            inner_key VARBINARY(160), body VARBINARY NOT NULL,
            PRIMARY KEY(document, node, canonical))\
          """,
          "CREATE INDEX IF NOT EXISTS inner_operation ON structural(document, inner_key)",
          """
          CREATE TABLE IF NOT EXISTS parent_operation(
            document VARBINARY(255) NOT NULL, place VARBINARY(32) NOT NULL,
            position VARBINARY(16) NOT NULL, PRIMARY KEY(document, place))\
          """,
          """
          CREATE TABLE IF NOT EXISTS piece(
            document VARBINARY(255) NOT NULL, operation VARBINARY(160) NOT NULL,
            start_at BIGINT NOT NULL, body VARBINARY NOT NULL,
            PRIMARY KEY(document, operation, start_at))\
          """,
          """
          CREATE TABLE IF NOT EXISTS staged(
            document VARBINARY(255) NOT NULL, operation VARBINARY(160) NOT NULL,
            touched_at BIGINT NOT NULL, body VARBINARY NOT NULL,
            PRIMARY KEY(document, operation))\
          """,
          """
          CREATE TABLE IF NOT EXISTS progress(
            document VARBINARY(255) NOT NULL, peer VARBINARY(255) NOT NULL,
            token VARCHAR NOT NULL, PRIMARY KEY(document, peer))\
          """,
          "INSERT INTO tidemark_schema(version) VALUES (" + VERSION + ")");

  // tutorial: end

  private final Database database;

  H2Schema(Database database) {
    this.database = database;
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public List<String> statements(int from) {
    if (from < 0 || from > VERSION) {
      throw database
          .failure(ErrorCode.INVALID_ARGUMENT)
          .with(Detail.PROBLEM, "no schema version " + from)
          .with(Detail.EXPECTED, "0 to " + VERSION)
          .build();
    }
    return from == VERSION ? List.of() : STATEMENTS;
  }

  @Override
  public int storedVersion() {
    ensureExists();
    try (Connection connection = database.connect()) {
      return storedVersion(connection);
    } catch (SQLException e) {
      throw Failures.translate(database, e);
    }
  }

  /** Tells a database without anything in it from one of somebody else. */
  private int storedVersion(Connection connection) throws SQLException {
    String tables =
        """
        SELECT count(*), count(CASE WHEN table_name = 'TIDEMARK_SCHEMA' THEN 1 END)
        FROM information_schema.tables WHERE table_schema = 'PUBLIC'\
        """;
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(tables)) {
        row.next();
        if (row.getInt(1) == 0) {
          return 0;
        }
        if (row.getInt(2) == 0) {
          throw notAStore("a database of another application", "name another file");
        }
      }
      try (ResultSet row =
          statement.executeQuery("SELECT coalesce(max(version), 0) FROM tidemark_schema")) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  @Override
  public int migrate() {
    // One after the other, as H2 has no transaction around several of these statements. Other
    // processes cannot have the file open at the same time.
    synchronized (H2Schema.class) {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        int found = storedVersion(connection);
        if (found > VERSION) {
          throw tooNew(found);
        }
        for (String each : statements(found)) {
          statement.execute(each);
        }
        connection.commit();
        return found;
      } catch (SQLException e) {
        throw Failures.translate(database, e);
      }
    }
  }

  void ensureCurrent() {
    int found = storedVersion();
    if (found > VERSION) {
      throw tooNew(found);
    }
    if (found < VERSION) {
      throw notAStore("a database without a schema", "open it in mode CREATE");
    }
  }

  /** Connecting to a file that is not there would make it. */
  void ensureExists() {
    if (!database.exists()) {
      throw database
          .failure(ErrorCode.STORE_NOT_FOUND)
          .with(Detail.REMEDY, "open it in mode CREATE")
          .build();
    }
  }

  private TidemarkException notAStore(String problem, String remedy) {
    return database
        .failure(ErrorCode.NOT_A_STORE)
        .with(Detail.PROBLEM, problem)
        .with(Detail.REMEDY, remedy)
        .build();
  }

  private TidemarkException tooNew(int found) {
    return database
        .failure(ErrorCode.SCHEMA_TOO_NEW)
        .with(Detail.EXPECTED, VERSION)
        .with(Detail.ACTUAL, found)
        .build();
  }
}

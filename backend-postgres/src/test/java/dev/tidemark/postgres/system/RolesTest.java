package dev.tidemark.postgres.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.PostgresBackendProvider;
import dev.tidemark.postgres.testing.EmbeddedPostgres;
import dev.tidemark.postgres.testing.PostgresAddress;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.StoreLocation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Who has which rights, with the very statements of docs/postgresql.md (rules B7, C7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class RolesTest {
  private static final int LARGE = 3 * ChunkSize.MIN;

  /** Any statement that a role had the server execute, as {@code log_statement=all} shows it. */
  private static final Pattern LOGGED =
      Pattern.compile(
          "(?m)^\\S+ \\S+ \\S+ \\[\\d+] (\\S+) \\S*: LOG:  "
              + "(?:statement|execute [^:]+): ((?:.|\\n\\t)*)$");

  /** All that a reader needs: the driver sets its session up, then transactions that read. */
  private static final Set<String> READING =
      Set.of("SET", "BEGIN", "SET TRANSACTION", "SELECT", "COMMIT");

  private final EmbeddedPostgres server = EmbeddedPostgres.start(Map.of("log_statement", "all"));
  private PostgresAddress database = server.address();
  private String owner = "";
  private String writer = "";
  private String reader = "";

  @BeforeAll
  void makeRoles() throws Exception {
    server.address().execute("CREATE DATABASE app");
    database = server.address().withDatabase("app");
    // Not even what everybody may do by default.
    database.execute("REVOKE TEMPORARY ON DATABASE app FROM PUBLIC");
    database.execute(DocumentedSql.block("roles"));
    owner = uri("tidemark_owner", "owner");
    writer = uri("tidemark_writer", "writer");
    reader = uri("tidemark_reader", "reader");
    new PostgresBackendProvider().schema(StoreLocation.parse(owner)).migrate();
    database.withUser("tidemark_owner", "owner").execute(DocumentedSql.block("grants"));
  }

  private String uri(String role, String password) {
    return database.withUser(role, password).uri();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  private static void fill(Document document) {
    LocalReplica replica = document.replica(ReplicaId.fromHex("a1"));
    NodeId node = replica.insert(NodeId.ROOT, Placement.last(), Payload.of("text"));
    replica.insert(node, Placement.last(), Payload.of(new byte[LARGE]));
    replica.move(node, NodeId.ROOT, Placement.first());
    replica.setPayload(node, Payload.of("other text"));
    replica.delete(node);
  }

  @Test
  @Rule("C7")
  void aRoleThatMaySelectDrainsAndNothingElseIsExecuted() {
    try (Tidemark store = Tidemark.builder(writer).mode(OpenMode.WRITE).open()) {
      fill(store.document("drained"));
    }
    int before = server.log().length();
    try (Tidemark store = Tidemark.builder(reader).mode(OpenMode.READ).open();
        Tidemark target = Tidemark.builder(writer).mode(OpenMode.WRITE).open()) {
      Document source = store.document("drained");
      int chunks = 0;
      for (Chunk chunk : source.changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))) {
        chunks++;
        target.document("drained").apply(chunk.bytes());
      }
      assertThat(chunks).isGreaterThan(3);
      assertThat(source.treeHash()).isEqualTo(target.document("drained").treeHash());
      assertThat(source.verify(ProgressListener.NONE).differences()).isEmpty();
      assertThat(store.documents(null, 10)).isNotEmpty();
    }

    List<String> executed = executedBy("tidemark_reader", server.log().substring(before));
    assertThat(executed).hasSizeGreaterThan(10);
    Map<String, Long> verbs =
        executed.stream()
            .collect(Collectors.groupingBy(RolesTest::verb, TreeMap::new, Collectors.counting()));
    System.out.println("statements of the reader: " + verbs);
    assertThat(verbs.keySet()).as(executed::toString).isEqualTo(READING);
    for (String sql : executed) {
      assertThat(sql).matches("(?s)(?!SET ).*|SET (TRANSACTION|application_name) .*");
      assertThat(sql).doesNotContainIgnoringCase("FOR UPDATE", "FOR SHARE", "notify", "advisory");
    }
  }

  private static String verb(String sql) {
    return sql.replaceFirst("(?s)^(SET TRANSACTION|\\w+)\\b.*", "$1");
  }

  private static List<String> executedBy(String role, String log) {
    List<String> executed = new ArrayList<>();
    for (Matcher line = LOGGED.matcher(log); line.find(); ) {
      if (line.group(1).equals(role)) {
        for (String sql : line.group(2).split(";", -1)) {
          // The driver looks with an empty one whether a connection lives.
          if (!sql.isBlank()) {
            executed.add(sql.strip());
          }
        }
      }
    }
    return executed;
  }

  @Test
  @Rule("B7")
  void aRoleThatMayNotCreateAppendsAndApplies() {
    try (Tidemark store = Tidemark.builder(writer).mode(OpenMode.WRITE).open();
        Tidemark again = Tidemark.builder(writer).mode(OpenMode.CREATE).open()) {
      Document document = store.document("written");
      fill(document);
      for (Chunk chunk : document.changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))) {
        again.document("written").apply(chunk.bytes(), "peer");
      }
      document.rebuild();
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    }
  }

  /** What each table is for, and nothing beside. */
  private static final Map<String, String> WRITER =
      Map.of(
          "schema_version", "SELECT",
          "operation", "SELECT INSERT",
          "document", "SELECT INSERT UPDATE",
          "progress", "SELECT INSERT UPDATE",
          "piece", "SELECT INSERT DELETE",
          "parent_operation", "SELECT INSERT DELETE",
          "node", "SELECT INSERT UPDATE DELETE",
          "deletion", "SELECT INSERT UPDATE DELETE",
          "structural", "SELECT INSERT UPDATE DELETE",
          "staged", "SELECT INSERT UPDATE DELETE");

  @Test
  void everyOtherVerbIsForbidden() throws SQLException {
    PostgresAddress asWriter = database.withUser("tidemark_writer", "writer");
    PostgresAddress asReader = database.withUser("tidemark_reader", "reader");
    int refused = 0;
    for (Map.Entry<String, String> table : WRITER.entrySet()) {
      String name = "tidemark." + table.getKey();
      Map<String, String> verbs =
          Map.of(
              "INSERT", "INSERT INTO " + name + " SELECT * FROM " + name + " WHERE false",
              "UPDATE", "UPDATE " + name + " SET " + column(table.getKey()) + " WHERE false",
              "DELETE", "DELETE FROM " + name + " WHERE false",
              "TRUNCATE", "TRUNCATE " + name,
              "DROP", "DROP TABLE " + name,
              "ALTER", "ALTER TABLE " + name + " ADD COLUMN more integer");
      for (Map.Entry<String, String> verb : verbs.entrySet()) {
        refused += assertForbidden(asReader, verb.getValue());
        if (table.getValue().contains(verb.getKey())) {
          asWriter.execute(verb.getValue());
        } else {
          refused += assertForbidden(asWriter, verb.getValue());
        }
      }
    }
    refused += assertForbidden(asWriter, "CREATE TABLE tidemark.other (document bigint)");
    assertThat(refused).isEqualTo(60 + 39 + 1);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'tidemark'")) {
      while (tables.next()) {
        assertThat(WRITER).containsKey(tables.getString(1));
      }
    }
  }

  private static String column(String table) {
    String column = table.equals("schema_version") ? "version" : "document";
    return column + " = " + column;
  }

  private static int assertForbidden(PostgresAddress role, String sql) {
    assertThatThrownBy(() -> role.execute(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            SQLException.class, failure -> assertThat(failure.getSQLState()).isEqualTo("42501"));
    return 1;
  }

  /** A transaction that notifies holds a lock of the whole cluster while it commits. */
  @Test
  void commitsNotifyInTransactionsOfTheirOwn() throws SQLException {
    int before = server.log().length();
    try (Tidemark store = Tidemark.builder(writer).mode(OpenMode.WRITE).open()) {
      fill(store.document("notified"));
    }
    List<String> executed = executedBy("tidemark_writer", server.log().substring(before));
    assertThat(executed).anyMatch(sql -> sql.contains("pg_notify"));
    assertThat(executed).anyMatch(sql -> sql.startsWith("UPDATE"));
    for (Map.Entry<String, String> each :
        transactions("tidemark_writer", server.log().substring(before)).entrySet()) {
      assertThat(each.getValue())
          .as(each.getKey())
          .matches(sql -> !(sql.contains("pg_notify") && sql.contains("UPDATE ")));
    }
  }

  /** All that each transaction of a role executed, by its number. */
  private static Map<String, String> transactions(String role, String log) {
    Map<String, String> transactions = new TreeMap<>();
    Map<String, Integer> begun = new TreeMap<>();
    Pattern line = Pattern.compile(LOGGED.pattern().replace("\\[\\d+]", "\\[(\\d+)]"));
    for (Matcher each = line.matcher(log); each.find(); ) {
      if (each.group(2).equals(role)) {
        String process = each.group(1);
        if (each.group(3).startsWith("BEGIN")) {
          begun.merge(process, 1, Integer::sum);
        }
        transactions.merge(process + " " + begun.get(process), each.group(3), String::concat);
      }
    }
    assertThat(transactions).hasSizeGreaterThan(2);
    return transactions;
  }

  @Test
  void whoeverReadsDoesNotWrite() {
    Failures.assertFails(
        ErrorCode.READ_ONLY,
        () -> {
          try (Tidemark store = Tidemark.builder(reader).mode(OpenMode.READ).open()) {
            fill(store.document("forbidden"));
          }
        });
    Failures.assertFails(
        ErrorCode.PERMISSION_DENIED,
        () -> {
          try (Tidemark store = Tidemark.builder(reader).mode(OpenMode.WRITE).open()) {
            fill(store.document("forbidden"));
          }
        });
  }

  @Test
  void theSchemaIsNotMadeByWhoeverMayNot() throws SQLException {
    String elsewhere = database.withUser("tidemark_writer", "writer").store("elsewhere");
    assertThat(
            Failures.assertFails(
                ErrorCode.PERMISSION_DENIED, () -> Tidemark.open(elsewhere).close()))
        .hasMessageContaining("tidemark schema --store");

    database.execute("CREATE SCHEMA closed");
    Failures.assertFails(
        ErrorCode.PERMISSION_DENIED,
        () ->
            Tidemark.open(database.withUser("tidemark_writer", "writer").store("closed")).close());
  }
}

package dev.tidemark.sqlite.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.sqlite.SqliteBackendProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each read seeks, whatever SQLite knows of the tables (rules B5, C6). */
final class QueryPlanTest {
  private static final String RUN_OF_OPERATION =
      "SEARCH s USING PRIMARY KEY (document=? AND version=?)";
  private static final String OPERATION_ID =
      "SEARCH o USING INDEX operation_id (document=? AND replica=? AND counter=?)";
  private static final String OPERATION_NUMBER = "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)";
  private static final String NUMBER_FROM =
      "SEARCH v USING PRIMARY KEY (document=? AND (version,sequence)<(?,?))";
  private static final String CHILDREN = "SEARCH n USING INDEX child (document=? AND parent=?";
  private static final String PARENT_NUMBER =
      "SEARCH parent USING COVERING INDEX parent_bytes (document=? AND bytes=?)";
  private static final String NODE = "SEARCH n USING PRIMARY KEY (document=? AND node=?)";
  private static final String REPLICA =
      "SEARCH r USING COVERING INDEX replica_bytes (document=? AND bytes=?)";

  private static final String ENTRIES_OF_RANGE =
      "SEARCH e USING PRIMARY KEY (document=? AND node=?"
          + " AND (lamport,replica,counter)>(?,?,?) AND (lamport,replica,counter)<(?,?,?))";

  private static final Map<String, List<String>> PLANS =
      Map.ofEntries(
          Map.entry(
              LogScan.TEXT,
              List.of(
                  "SEARCH v USING PRIMARY KEY"
                      + " (document=? AND (version,sequence)>(?,?) AND version<?)",
                  "SEARCH f USING PRIMARY KEY (document=? AND version=? AND sequence<?)",
                  "SEARCH o USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)")),
          Map.entry(
              Dictionaries.REPLICAS_FROM,
              List.of("SEARCH d USING PRIMARY KEY (document=? AND number>?)")),
          Map.entry(
              Dictionaries.PARENTS_FROM,
              List.of("SEARCH d USING PRIMARY KEY (document=? AND number>?)")),
          Map.entry(OperationTable.FIND, List.of(REPLICA, OPERATION_ID, RUN_OF_OPERATION)),
          Map.entry(OperationTable.POSITIONS, List.of(REPLICA, OPERATION_ID, RUN_OF_OPERATION)),
          Map.entry(
              OperationTable.CONTENT,
              List.of(
                  "SEARCH c USING INDEX content_operation"
                      + " (document=? AND node=? AND <expr>>? AND <expr><?)",
                  "SEARCH o USING INTEGER PRIMARY KEY (rowid=?)")),
          Map.entry(RunTable.LAST, List.of("SEARCH o", "SEARCH v USING PRIMARY KEY (document=?)")),
          Map.entry(
              RunTable.OF_VERSIONS,
              List.of("SEARCH v USING PRIMARY KEY (document=? AND version=?)")),
          Map.entry(
              OperationTable.LAST_COUNTERS,
              List.of(
                  REPLICA,
                  "SEARCH o USING COVERING INDEX operation_id (document=? AND replica=?)")),
          Map.entry(NodeTable.FIND, List.of(NODE)),
          Map.entry(NodeTable.CHAINS, List.of(NODE)),
          Map.entry(NodeTable.FIRST_CHILDREN, List.of(CHILDREN + ")", PARENT_NUMBER)),
          Map.entry(
              NodeTable.NEXT_CHILDREN,
              List.of(CHILDREN + " AND (order_key,node)>(?,?))", PARENT_NUMBER)),
          Map.entry(NodeTable.LAST_CHILDREN, List.of(CHILDREN + ")", PARENT_NUMBER)),
          Map.entry(
              NodeTable.PREVIOUS_CHILDREN,
              List.of(CHILDREN + " AND (order_key,node)<(?,?))", PARENT_NUMBER)),
          Map.entry(NodeTable.AFTER, List.of("SEARCH n USING PRIMARY KEY (document=? AND node>?)")),
          Map.entry(
              DeletionTable.FIND, List.of("SEARCH d USING PRIMARY KEY (document=? AND node=?)")),
          Map.entry(
              StructuralTable.FIND,
              List.of(
                  "SEARCH s USING PRIMARY KEY (document=? AND node=? AND lamport=?",
                  ENTRIES_OF_RANGE)),
          Map.entry(
              StructuralTable.LAST_EFFECTIVE,
              List.of(
                  "SEARCH s USING PRIMARY KEY"
                      + " (document=? AND node=? AND lamport=? AND replica=? AND counter=?)",
                  ENTRIES_OF_RANGE)),
          Map.entry(
              StructuralTable.INNER,
              List.of(
                  "SEARCH s USING INDEX inner_operation (document=?"
                      + " AND (lamport,replica,counter)>(?,?,?)"
                      + " AND (lamport,replica,counter)<(?,?,?))")),
          Map.entry(
              StructuralTable.INDEXED_NODES,
              List.of(
                  "MERGE (UNION)",
                  "SEARCH structural USING PRIMARY KEY (document=? AND node>?)",
                  "SEARCH deletion USING PRIMARY KEY (document=? AND node>?)")),
          Map.entry(
              ParentIndexTable.SCAN,
              List.of(
                  "SEARCH i USING PRIMARY KEY (document=? AND parent=? AND operation>?)",
                  PARENT_NUMBER,
                  NUMBER_FROM,
                  OPERATION_NUMBER,
                  RUN_OF_OPERATION)),
          Map.entry(
              ParentIndexTable.REST_OF_PARENT,
              List.of(
                  "SEARCH q USING COVERING INDEX parent_bytes (document=? AND bytes=?)",
                  "SEARCH i USING PRIMARY KEY (document=? AND parent=? AND operation>?)",
                  NUMBER_FROM,
                  OPERATION_NUMBER)),
          Map.entry(
              ParentIndexTable.FURTHER_PARENTS,
              List.of(
                  "SEARCH q USING COVERING INDEX parent_bytes (document=? AND bytes>?)",
                  "SEARCH i USING PRIMARY KEY (document=? AND parent=?)",
                  OPERATION_NUMBER)),
          Map.entry(
              ParentIndexTable.NAMELESS,
              List.of(
                  "SEARCH i USING PRIMARY KEY (document=? AND parent>?)",
                  "SEARCH q USING PRIMARY KEY (document=? AND number=?)")),
          Map.entry(
              PieceTable.READ,
              List.of(
                  "SEARCH p USING INDEX piece_place"
                      + " (document=? AND replica=? AND counter=? AND start>? AND start<?)",
                  "SEARCH f USING COVERING INDEX piece_place"
                      + " (document=? AND replica=? AND counter=? AND start<?)")),
          Map.entry(
              StagedTable.FIND,
              List.of("SEARCH s USING PRIMARY KEY (document=? AND replica=? AND counter=?)")));

  @TempDir Path directory;
  private Connection connection;

  @BeforeEach
  void makeStore() throws SQLException {
    Path file = directory.resolve("store.db");
    new SqliteBackendProvider()
        .open(new OpenRequest(StoreLocation.parse("sqlite:" + file), OpenMode.CREATE))
        .close();
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void everyReadSeeks() throws SQLException {
    for (Map.Entry<String, List<String>> entry : PLANS.entrySet()) {
      assertSeeks(entry.getKey(), entry.getValue());
    }
  }

  /** With statistics a planner may find that a scan of the few rows of today is cheaper. */
  @Test
  void everyReadSeeksWhateverTheStatisticsSay() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ANALYZE");
      statement.execute("DELETE FROM sqlite_stat1");
      for (String index :
          List.of(
              "operation content_operation 9 9 9 1",
              "run run 9 9 9 1",
              "parent_operation parent_operation 9 9 9 1",
              "operation operation_id 9 9 9 1",
              "node child 9 9 9 9 1",
              "structural inner_operation 9 9 9 9 1",
              "piece piece_place 9 9 9 9 1")) {
        String[] parts = index.split(" ", 3);
        statement.execute(
            "INSERT INTO sqlite_stat1 VALUES('%s','%s','%s')"
                .formatted(parts[0], parts[1], parts[2]));
      }
      statement.execute("ANALYZE sqlite_schema");
    }
    everyReadSeeks();
  }

  private void assertSeeks(String sql, List<String> seeks) throws SQLException {
    List<String> plan = plan(sql);
    for (String seek : seeks) {
      assertThat(plan).as(sql).anySatisfy(line -> assertThat(line).startsWith(seek));
    }
    assertThat(plan)
        .as(sql)
        .allSatisfy(
            line ->
                assertThat(line)
                    // What is equal in the order of an index may be sorted further.
                    .doesNotMatch(".*TEMP B-TREE(?! FOR (RIGHT PART|LAST .*) OF ORDER BY$).*")
                    .doesNotContain("AUTOMATIC")
                    // The list of keys, and the recursions' own rows.
                    .doesNotMatch("SCAN (?!w |n |found$|json_each |c$|u$|CONSTANT ROW$).*"));
  }

  private List<String> plan(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
      while (rows.next()) {
        lines.add(rows.getString("detail"));
      }
    }
    return lines;
  }
}

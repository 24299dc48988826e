package org.example.tidemark.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StoreLocation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the kit cannot see: that every statement which reads goes through an index, in its order.
 */
final class PlanTest {
  private static final DocumentId DOCUMENT = DocumentId.of("notes");
  private static final ReplicaId REPLICA = ReplicaId.fromHex("0a");
  private static final OperationId ID = new OperationId(REPLICA, 1);
  private static final CanonicalKey KEY = new CanonicalKey(1, REPLICA, 1);
  private static final List<NodeId> NODES = List.of(NodeId.ROOT);
  private static final List<HistoryRange> HISTORIES =
      List.of(HistoryRange.before(NodeId.ROOT, KEY));

  @TempDir private Path directory;

  @Test
  void everyStatementThatReadsGoesThroughAnIndexInItsOrder() throws SQLException {
    StoreLocation location = StoreLocation.parse("h2:" + directory.resolve("store"));
    try (Backend store = new H2BackendProvider().open(new OpenRequest(location, OpenMode.CREATE));
        Connection connection = Database.at(location).connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET QUERY_STATISTICS TRUE");
      store.documents(null, 1);
      try (ReadTransaction transaction = store.beginRead(DOCUMENT)) {
        readAll(transaction);
      }
      List<String> statements = statements(statement);
      assertThat(statements).hasSizeGreaterThan(20);
      for (String sql : statements) {
        String plan = plan(connection, sql);
        assertThat(plan).as("plan of %s", sql).doesNotContain("tableScan");
        if (sql.contains("LIMIT") && sql.contains("ORDER BY")) {
          assertThat(plan).as("plan of %s", sql).contains("index sorted");
        }
      }
    }
  }

  private static void readAll(ReadTransaction transaction) {
    transaction.state();
    transaction.scanLog(Position.START, 9, row -> true);
    transaction.operations(List.of(ID));
    transaction.positions(List.of(ID));
    transaction.contentOperations(HISTORIES, 9);
    transaction.lastCounters(List.of(REPLICA));
    transaction.chains(NODES);
    transaction.children(NodeId.ROOT, null, 9);
    transaction.childrenBackwards(NodeId.ROOT, null, 9);
    transaction.nodesAfter(null, 9);
    transaction.deletions(NODES);
    transaction.structuralOperations(HISTORIES, 9);
    transaction.lastEffective(HISTORIES);
    transaction.innerOperations(KEY, KEY, 9);
    transaction.indexedNodesAfter(null, 9);
    transaction.scanParent(NodeId.ROOT, Position.START, row -> true);
    transaction.parentRowsAfter(null, 9);
    transaction.stagedPayloads(List.of(ID));
    transaction.stagedBefore(9, 9);
    transaction.progress("peer");
  }

  private static List<String> statements(Statement statement) throws SQLException {
    List<String> found = new ArrayList<>();
    String sql =
        """
        SELECT sql_statement FROM information_schema.query_statistics
        WHERE sql_statement LIKE 'SELECT%' AND sql_statement NOT LIKE '%information_schema%'\
        """;
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static String plan(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
      for (int i = 1; i <= statement.getParameterMetaData().getParameterCount(); i++) {
        statement.setObject(i, null);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}

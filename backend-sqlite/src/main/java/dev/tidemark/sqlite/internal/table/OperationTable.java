package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log. */
public final class OperationTable {
  private static final String COLUMNS =
      """
      o.version, o.sequence, o.kind, o.replica, r.bytes, o.counter, o.lead, o.node, p.bytes,
        o.order_key, o.body""";
  private static final String NAMES =
      """

        LEFT JOIN replica r ON r.document = ?1 AND r.number = o.replica
        LEFT JOIN parent p ON p.document = ?1 AND p.number = o.parent
      """;

  /**
   * The row value is what lets SQLite seek into the middle of a version; {@code version > ? OR
   * sequence >= ?} would make it go through the version from its start.
   */
  static final String SCAN =
      "SELECT "
          + COLUMNS
          + " FROM operation o INDEXED BY operation_position"
          + NAMES
          + """
          WHERE o.document = ?1 AND (o.version, o.sequence) >= (?2, ?3) AND o.version <= ?4
          ORDER BY o.version, o.sequence""";

  static final String FIND =
      "SELECT "
          + COLUMNS
          + """

          FROM json_each(?2) w
            CROSS JOIN replica r INDEXED BY replica_bytes
              ON r.document = ?1 AND r.bytes = unhex(substr(w.value, 17))
            CROSS JOIN operation o INDEXED BY operation_id
              ON o.document = ?1 AND o.replica = r.number
                AND o.counter = CAST(substr(w.value, 1, 16) AS INTEGER)
            LEFT JOIN parent p ON p.document = ?1 AND p.number = o.parent""";

  static final String LAST_COUNTERS =
      """
      SELECT w.key,
        (SELECT max(o.counter) FROM operation o INDEXED BY operation_id
          WHERE o.document = ?1 AND o.replica = r.number)
      FROM json_each(?2) w
        CROSS JOIN replica r INDEXED BY replica_bytes
          ON r.document = ?1 AND r.bytes = unhex(w.value)""";

  private static final String INSERT =
      """
      INSERT INTO operation(document, version, sequence, kind, replica, counter, lead, node,
        parent, order_key, body)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)""";

  private final Session session;
  private final DocumentRow document;
  private final Dictionaries dictionaries;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param dictionaries its dictionaries
   */
  public OperationTable(Session session, DocumentRow document, Dictionaries dictionaries) {
    this.session = session;
    this.document = document;
    this.dictionaries = dictionaries;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#scanLog}. */
  public void scan(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor)
      throws SQLException {
    PreparedStatement statement = session.prepare(SCAN);
    statement.setLong(1, document.number());
    statement.setLong(2, from.version());
    statement.setInt(3, from.sequence());
    statement.setLong(4, throughVersion);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        LoggedOperation row = Decoding.of("operation", () -> decode(rows));
        session.verifySnapshot();
        if (!visitor.visit(row)) {
          return;
        }
      }
    }
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#operations}. */
  public Map<OperationId, LoggedOperation> find(Collection<OperationId> ids) throws SQLException {
    PreparedStatement statement = session.prepare(FIND);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.operations(List.copyOf(ids)));
    Map<OperationId, LoggedOperation> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        LoggedOperation row = Decoding.of("operation", () -> decode(rows));
        found.put(row.operation().id(), row);
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#lastCounters}. */
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) throws SQLException {
    List<ReplicaId> keys = List.copyOf(replicas);
    PreparedStatement statement = session.prepare(LAST_COUNTERS);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.bytes(keys.stream().map(ReplicaId::toByteArray).toList()));
    Map<ReplicaId, Long> counters = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        long counter = rows.getLong(2);
        if (!rows.wasNull()) {
          counters.put(keys.get(rows.getInt(1)), counter);
        }
      }
    }
    return counters;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#appendLog}. */
  public void append(List<LoggedOperation> rows) throws SQLException {
    Set<ReplicaId> replicas = new LinkedHashSet<>();
    List<NodeId> parents = new ArrayList<>();
    for (LoggedOperation row : rows) {
      replicas.add(row.operation().id().replica());
      if (row.operation() instanceof Operation.Structural structural) {
        parents.add(structural.parent());
      }
    }
    dictionaries.replicas().intern(replicas);
    dictionaries.parents().intern(parents);
    PreparedStatement statement = session.prepare(INSERT);
    statement.clearBatch();
    for (LoggedOperation row : rows) {
      bind(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private void bind(PreparedStatement statement, LoggedOperation row) throws SQLException {
    Operation operation = row.operation();
    statement.setLong(1, document.number());
    statement.setLong(2, row.position().version());
    statement.setInt(3, row.position().sequence());
    statement.setInt(4, OperationKind.of(operation).number());
    statement.setLong(5, dictionaries.replicas().number(operation.id().replica()));
    statement.setLong(6, operation.id().counter());
    statement.setLong(7, operation.lamport() - operation.id().counter());
    statement.setBytes(8, operation.node().toByteArray());
    if (operation instanceof Operation.Structural structural) {
      statement.setLong(9, dictionaries.parents().number(structural.parent()));
      statement.setBytes(10, structural.orderKey().toByteArray());
    } else {
      statement.setObject(9, null);
      statement.setBytes(10, null);
    }
    statement.setBytes(11, OperationKind.body(operation));
  }

  private LoggedOperation decode(ResultSet row) throws SQLException {
    OperationKind kind = OperationKind.of(row.getInt(3));
    long counter = row.getLong(6);
    OperationId id = new OperationId(dictionaries.readReplica(row, 4, 5), counter);
    byte @Nullable [] parent = row.getBytes(9);
    Operation operation =
        kind.operation(
            id,
            counter + row.getLong(7),
            NodeId.of(row.getBytes(8)),
            parent == null ? null : NodeId.of(parent),
            row.getBytes(10),
            row.getBytes(11));
    return new LoggedOperation(new Position(row.getLong(1), row.getInt(2)), operation);
  }
}

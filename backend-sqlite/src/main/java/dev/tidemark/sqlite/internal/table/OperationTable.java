package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.support.OperationKind;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The log. */
public final class OperationTable {
  private static final String IDS =
      """

      FROM json_each(?2) w
        CROSS JOIN replica r INDEXED BY replica_bytes
          ON r.document = ?1 AND r.bytes = unhex(substr(w.value, 17))
        CROSS JOIN operation o INDEXED BY operation_id
          ON o.document = ?1 AND o.replica = r.number
            AND o.counter = CAST(substr(w.value, 1, 16) AS INTEGER)"""
          + OperationColumns.RUN;

  static final String FIND = "SELECT " + OperationColumns.NAMES + IDS + OperationColumns.PARENT;

  static final String POSITIONS = "SELECT w.key, o.version, " + OperationColumns.SEQUENCE + IDS;

  /**
   * The index is in the order of Lamport times: keys of one time are sorted further, and those of a
   * bound's time that are not within it passed over.
   */
  static final String CONTENT =
      """
      SELECT w.key, o.replica, r.bytes, o.counter, o.lead FROM json_each(?2) w
        CROSS JOIN json_each((SELECT json_group_array(number) FROM (
          SELECT c.number FROM operation c INDEXED BY content_operation
            CROSS JOIN replica a ON a.document = ?1 AND a.number = c.replica
          WHERE c.document = ?1 AND c.kind >= 4 AND c.node = unhex(w.value ->> 0)
            AND c.counter + c.lead >= w.value ->> 1 AND c.counter + c.lead <= w.value ->> 4
            AND (c.counter + c.lead, a.bytes, c.counter)
              > (w.value ->> 1, unhex(w.value ->> 2), w.value ->> 3)
            AND (c.counter + c.lead, a.bytes, c.counter)
              < (w.value ->> 4, unhex(w.value ->> 5), w.value ->> 6)
          ORDER BY c.counter + c.lead, a.bytes, c.counter LIMIT ?3) AS found)) n
        CROSS JOIN operation o ON o.number = n.value"""
          + OperationColumns.REPLICA;

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
      INSERT INTO operation(document, version, number, kind, replica, counter, lead, node,
        parent, order_key, body)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)""";

  private final Session session;
  private final DocumentRow document;
  private final Dictionaries dictionaries;
  private final RunTable runs;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param dictionaries its dictionaries
   * @param runs its numbers of operations
   */
  public OperationTable(
      Session session, DocumentRow document, Dictionaries dictionaries, RunTable runs) {
    this.session = session;
    this.document = document;
    this.dictionaries = dictionaries;
    this.runs = runs;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#scanLog}. */
  public void scan(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor)
      throws SQLException {
    PreparedStatement statement = session.prepare(LogScan.TEXT);
    statement.setLong(1, document.number());
    statement.setLong(2, from.version());
    statement.setInt(3, from.sequence());
    statement.setLong(4, throughVersion);
    LogScan scan = new LogScan(session, dictionaries, from);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        LoggedOperation row = scan.operation(rows);
        if (row == null) {
          continue;
        }
        session.verifySnapshot();
        if (!visitor.visit(row)) {
          return;
        }
      }
    }
    scan.end();
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#operations}. */
  public Map<OperationId, LoggedOperation> find(Collection<OperationId> ids) throws SQLException {
    PreparedStatement statement = session.prepare(FIND);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.operations(List.copyOf(ids)));
    Map<OperationId, LoggedOperation> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        LoggedOperation row =
            Decoding.of("operation", () -> OperationColumns.decode(rows, dictionaries));
        found.put(row.operation().id(), row);
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#positions}. */
  public Map<OperationId, Position> positions(Collection<OperationId> ids) throws SQLException {
    List<OperationId> keys = List.copyOf(ids);
    PreparedStatement statement = session.prepare(POSITIONS);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.operations(keys));
    Map<OperationId, Position> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Position position = Decoding.of("run", () -> new Position(rows.getLong(2), rows.getInt(3)));
        found.put(keys.get(rows.getInt(1)), position);
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#contentOperations}. */
  public Map<HistoryRange, List<CanonicalKey>> content(Collection<HistoryRange> ranges, int limit)
      throws SQLException {
    List<HistoryRange> keys = List.copyOf(ranges);
    PreparedStatement statement = session.prepare(CONTENT);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.ranges(keys));
    statement.setInt(3, limit);
    Map<HistoryRange, List<CanonicalKey>> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        CanonicalKey key = Decoding.of("operation", () -> key(rows));
        found.computeIfAbsent(keys.get(rows.getInt(1)), range -> new ArrayList<>()).add(key);
      }
    }
    // They come in this order, as long as SQLite keeps that of the list.
    found.values().forEach(Collections::sort);
    return found;
  }

  private CanonicalKey key(ResultSet row) throws SQLException {
    long counter = row.getLong(4);
    return new CanonicalKey(counter + row.getLong(5), dictionaries.readReplica(row, 2, 3), counter);
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
    long number = runs.append(rows);
    PreparedStatement statement = session.prepare(INSERT);
    statement.clearBatch();
    for (LoggedOperation row : rows) {
      bind(statement, row, number);
      statement.addBatch();
      number++;
    }
    statement.executeBatch();
  }

  private void bind(PreparedStatement statement, LoggedOperation row, long number)
      throws SQLException {
    Operation operation = row.operation();
    statement.setLong(1, document.number());
    statement.setLong(2, row.position().version());
    statement.setLong(3, number);
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
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.support.OperationKind;
import dev.tidemark.spi.support.ReceivedRanges;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations whose payload is still incomplete. */
public final class StagedTable {
  private static final String SELECT =
      """
      SELECT s.replica, s.counter, s.kind, s.lamport, s.node, s.parent, s.order_key, s.body,
        s.received, s.touched_at
      FROM\s""";
  static final String FIND =
      SELECT
          + """
          json_each(?2) w CROSS JOIN staged s ON s.document = ?1
            AND s.replica = unhex(substr(w.value, 17))
            AND s.counter = CAST(substr(w.value, 1, 16) AS INTEGER)""";
  private static final String BEFORE =
      SELECT + "staged s WHERE s.document = ?1 AND s.touched_at < ?2 LIMIT ?3";
  private static final String PUT =
      """
      INSERT OR REPLACE INTO staged(document, replica, counter, kind, lamport, node, parent,
        order_key, body, received, touched_at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)""";
  private static final String REMOVE =
      "DELETE FROM staged WHERE document = ?1 AND replica = ?2 AND counter = ?3";

  private final Session session;
  private final DocumentRow document;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public StagedTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#stagedPayloads}. */
  public Map<OperationId, StagedPayload> find(Collection<OperationId> ids) throws SQLException {
    PreparedStatement statement = session.prepare(FIND);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.operations(List.copyOf(ids)));
    Map<OperationId, StagedPayload> found = new HashMap<>();
    for (StagedPayload staged : read(statement)) {
      found.put(staged.operation().id(), staged);
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#stagedBefore}. */
  public List<StagedPayload> before(long touchedBefore, int limit) throws SQLException {
    PreparedStatement statement = session.prepare(BEFORE);
    statement.setLong(1, document.number());
    statement.setLong(2, touchedBefore);
    statement.setInt(3, limit);
    return read(statement);
  }

  private static List<StagedPayload> read(PreparedStatement statement) throws SQLException {
    List<StagedPayload> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(Decoding.of("staged", () -> decode(rows)));
      }
    }
    return found;
  }

  private static StagedPayload decode(ResultSet row) throws SQLException {
    OperationId id = new OperationId(ReplicaId.of(row.getBytes(1)), row.getLong(2));
    Operation operation =
        OperationKind.of(row.getInt(3))
            .operation(
                id,
                row.getLong(4),
                NodeId.of(row.getBytes(5)),
                row.getBytes(6),
                row.getBytes(7),
                row.getBytes(8));
    return new StagedPayload(
        (Operation.PayloadCarrying) operation,
        ReceivedRanges.decode(row.getBytes(9)),
        row.getLong(10));
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putStagedPayload}. */
  public void put(StagedPayload staged) throws SQLException {
    Operation.PayloadCarrying operation = staged.operation();
    PreparedStatement statement = session.prepare(PUT);
    bind(statement, operation.id());
    statement.setInt(4, OperationKind.of(operation).number());
    statement.setLong(5, operation.lamport());
    statement.setBytes(6, operation.node().toByteArray());
    Operation.Structural structural =
        operation instanceof Operation.Structural placing ? placing : null;
    statement.setBytes(7, structural == null ? null : structural.parent().toByteArray());
    statement.setBytes(8, structural == null ? null : structural.orderKey().toByteArray());
    statement.setBytes(9, OperationKind.body(operation));
    statement.setBytes(10, ReceivedRanges.encode(staged.received()));
    statement.setLong(11, staged.touchedAt());
    statement.executeUpdate();
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeStagedPayload}. */
  public void remove(OperationId id) throws SQLException {
    PreparedStatement statement = session.prepare(REMOVE);
    bind(statement, id);
    statement.executeUpdate();
  }

  private void bind(PreparedStatement statement, OperationId id) throws SQLException {
    statement.setLong(1, document.number());
    statement.setBytes(2, id.replica().toByteArray());
    statement.setLong(3, id.counter());
  }
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.support.OperationKind;
import dev.tidemark.spi.support.ReceivedRanges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations whose payload is still incomplete. */
public final class StagedTable {
  private static final String COLUMNS =
      """
      t.id, t.kind, t.lamport, t.node, t.parent, t.order_key, t.body, t.received, t.touched_at""";
  static final Lookup FIND = Lookup.ofOne(COLUMNS, "staged", "id");
  static final String BEFORE =
      "SELECT "
          + COLUMNS
          + " FROM tidemark.staged t WHERE t.document = ? AND t.touched_at < ? LIMIT ?";
  static final String REMOVE = "DELETE FROM tidemark.staged WHERE document = ? AND id = ?";

  private static final BulkInsert PUT =
      BulkInsert.replacing(
          "staged",
          1,
          Column.bytes("id"),
          Column.small("kind"),
          Column.number("lamport"),
          Column.bytes("node"),
          Column.bytes("parent"),
          Column.bytes("order_key"),
          Column.bytes("body"),
          Column.bytes("received"),
          Column.number("touched_at"));

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
    Map<OperationId, StagedPayload> found = new HashMap<>();
    for (StagedPayload staged :
        FIND.query(session, document, ids.stream().map(Keys::operation).toArray(byte[][]::new))
            .read("staged", StagedTable::decode)) {
      found.put(staged.operation().id(), staged);
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#stagedBefore}. */
  public List<StagedPayload> before(long touchedBefore, int limit) throws SQLException {
    return new Query(session, BEFORE)
        .number(document.number())
        .number(touchedBefore)
        .limit(limit)
        .read("staged", StagedTable::decode);
  }

  private static StagedPayload decode(ResultSet row) throws SQLException {
    Operation operation =
        OperationKind.of(row.getInt(2))
            .operation(
                Keys.operation(row.getBytes(1)),
                row.getLong(3),
                NodeId.of(row.getBytes(4)),
                row.getBytes(5),
                row.getBytes(6),
                row.getBytes(7));
    return new StagedPayload(
        (Operation.PayloadCarrying) operation,
        ReceivedRanges.decode(row.getBytes(8)),
        row.getLong(9));
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putStagedPayload}. */
  public void put(StagedPayload staged) throws SQLException {
    Operation.PayloadCarrying operation = staged.operation();
    Operation.Structural structural =
        operation instanceof Operation.Structural placing ? placing : null;
    Object[] row = {
      Keys.operation(operation.id()),
      OperationKind.of(operation).number(),
      operation.lamport(),
      operation.node().toByteArray(),
      structural == null ? Keys.ABSENT : structural.parent().toByteArray(),
      structural == null ? Keys.ABSENT : structural.orderKey().toByteArray(),
      Keys.orAbsent(OperationKind.body(operation)),
      ReceivedRanges.encode(staged.received()),
      staged.touchedAt()
    };
    PUT.insert(session, document.number(), List.<Object[]>of(row));
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeStagedPayload}. */
  public int remove(OperationId id) throws SQLException {
    return new Query(session, REMOVE).number(document.number()).bytes(Keys.operation(id)).change();
  }
}

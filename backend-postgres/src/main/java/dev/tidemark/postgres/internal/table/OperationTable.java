package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.support.OperationKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The log. */
public final class OperationTable {
  private static final String COLUMNS =
      "t.place, t.kind, t.id, t.lamport, t.node, t.parent, t.order_key, t.body";

  static final String SCAN =
      "SELECT "
          + COLUMNS
          + """
           FROM tidemark.operation t
          WHERE t.document = ? AND t.place >= ? AND t.place < ?
          ORDER BY t.place LIMIT ?""";

  static final Lookup FIND = Lookup.ofOne(COLUMNS, "operation", "id");

  static final Lookup AT = Lookup.ofOne(COLUMNS, "operation", "place");

  static final Lookup POSITIONS = Lookup.ofOne("t.id, t.place", "operation", "id");

  /** Kinds from 4 on are those that are not structural. */
  static final RangeLookup CONTENT =
      RangeLookup.ofOperations(
          "t.lamport, t.id", " AND t.kind >= 4", " ORDER BY t.lamport, t.id LIMIT ?");

  static final String LAST_OF_EACH =
      """
      SELECT l.id
      FROM unnest(CAST(? AS bytea[]), CAST(? AS bytea[])) AS r(lowest, above)
        CROSS JOIN LATERAL (
          SELECT o.id FROM tidemark.operation o
          WHERE o.document = ? AND o.id >= r.lowest AND o.id < r.above
          ORDER BY o.id DESC LIMIT 1) AS l""";

  private static final String LAST_OF_ONE =
      """
      SELECT id FROM tidemark.operation WHERE document = ? AND id >= ? AND id < ?
      ORDER BY id DESC LIMIT 1""";

  private static final BulkInsert INSERT =
      BulkInsert.adding(
          "operation",
          Column.number("lamport"),
          Column.small("kind"),
          Column.bytes("place"),
          Column.bytes("id"),
          Column.bytes("node"),
          Column.bytes("parent"),
          Column.bytes("order_key"),
          Column.bytes("body"));

  private final Session session;
  private final DocumentRow document;
  private final ScanSize usual;

  /** The first version that this transaction has logged operations of. */
  private long firstOwn = Long.MAX_VALUE;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param usual how large scans usually are
   */
  public OperationTable(Session session, DocumentRow document, ScanSize usual) {
    this.session = session;
    this.document = document;
    this.usual = usual;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#scanLog}. */
  public void scan(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor)
      throws SQLException {
    byte[] start = Keys.position(from);
    byte[] end = Keys.afterVersion(throughVersion);
    PageSize page = new PageSize(usual);
    List<LoggedOperation> rows;
    do {
      int limit = page.rows();
      rows = scan(start, end, limit);
      for (LoggedOperation row : rows) {
        page.add(row);
        if (!visitor.visit(row)) {
          page.ended();
          return;
        }
      }
      if (rows.size() < limit) {
        return;
      }
      start = Keys.behind(Keys.position(rows.get(rows.size() - 1).position()));
      page.next();
    } while (true);
  }

  private List<LoggedOperation> scan(byte[] start, byte[] end, int limit) throws SQLException {
    return new Query(session, SCAN)
        .number(document.number())
        .bytes(start)
        .bytes(end)
        .limit(limit)
        .read("operation", OperationTable::decode);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#operations}. */
  public Map<OperationId, LoggedOperation> find(Collection<OperationId> ids) throws SQLException {
    Map<OperationId, LoggedOperation> found = new HashMap<>();
    for (LoggedOperation row :
        FIND.query(session, document, keys(ids)).read("operation", OperationTable::decode)) {
      found.put(row.operation().id(), row);
    }
    return found;
  }

  /** Returns the operations at positions, by these. */
  Map<Position, LoggedOperation> at(Collection<Position> positions) throws SQLException {
    Map<Position, LoggedOperation> found = new HashMap<>();
    byte[][] keys = positions.stream().map(Keys::position).toArray(byte[][]::new);
    for (LoggedOperation row :
        AT.query(session, document, keys).read("operation", OperationTable::decode)) {
      found.put(row.position(), row);
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#positions}. */
  public Map<OperationId, Position> positions(Collection<OperationId> ids) throws SQLException {
    Map<OperationId, Position> found = new HashMap<>();
    POSITIONS
        .query(session, document, keys(ids))
        .read(
            "operation",
            row ->
                found.put(Keys.operation(row.getBytes(1)), Keys.position(row.getBytes(2))) == null);
    return found;
  }

  private static byte[][] keys(Collection<OperationId> ids) {
    return ids.stream().map(Keys::operation).toArray(byte[][]::new);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#contentOperations}. */
  public Map<HistoryRange, List<CanonicalKey>> content(Collection<HistoryRange> ranges, int limit)
      throws SQLException {
    Map<HistoryRange, List<CanonicalKey>> found =
        CONTENT.read(
            session,
            document,
            ranges,
            limit,
            "operation",
            3,
            row -> {
              OperationId id = Keys.operation(row.getBytes(2));
              return new CanonicalKey(row.getLong(1), id.replica(), id.counter());
            });
    found.values().forEach(Collections::sort);
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#lastCounters}. */
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) throws SQLException {
    Map<ReplicaId, Long> counters = new HashMap<>();
    for (OperationId last : session.isNative() ? lastOfEach(replicas) : lastOneByOne(replicas)) {
      counters.put(last.replica(), last.counter());
    }
    return counters;
  }

  private List<OperationId> lastOfEach(Collection<ReplicaId> replicas) throws SQLException {
    byte[][] lowest = replicas.stream().map(Keys::replica).toArray(byte[][]::new);
    byte[][] above = replicas.stream().map(Keys::replica).map(Keys::above).toArray(byte[][]::new);
    return new Query(session, LAST_OF_EACH)
        .keys(lowest)
        .keys(above)
        .number(document.number())
        .read("operation", row -> Keys.operation(row.getBytes(1)));
  }

  private List<OperationId> lastOneByOne(Collection<ReplicaId> replicas) throws SQLException {
    List<OperationId> found = new ArrayList<>();
    for (ReplicaId replica : replicas) {
      byte[] lowest = Keys.replica(replica);
      found.addAll(
          new Query(session, LAST_OF_ONE)
              .number(document.number())
              .bytes(lowest)
              .bytes(Keys.above(lowest))
              .read("operation", row -> Keys.operation(row.getBytes(1))));
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#appendLog}. */
  public void append(List<LoggedOperation> rows) throws SQLException {
    INSERT.insert(session, document.number(), rows.stream().map(OperationTable::encode).toList());
    firstOwn = Math.min(firstOwn, rows.get(0).position().version());
  }

  /** Tells whether the operation at a position was logged by this transaction. */
  boolean isOwn(Position position) {
    return position.version() >= firstOwn;
  }

  private static Object[] encode(LoggedOperation row) {
    Operation operation = row.operation();
    Operation.Structural structural =
        operation instanceof Operation.Structural placing ? placing : null;
    return new Object[] {
      operation.lamport(),
      OperationKind.of(operation).number(),
      Keys.position(row.position()),
      Keys.operation(operation.id()),
      operation.node().toByteArray(),
      structural == null ? Keys.ABSENT : structural.parent().toByteArray(),
      structural == null ? Keys.ABSENT : structural.orderKey().toByteArray(),
      Keys.orAbsent(OperationKind.body(operation))
    };
  }

  private static LoggedOperation decode(ResultSet row) throws SQLException {
    Operation operation =
        OperationKind.of(row.getInt(2))
            .operation(
                Keys.operation(row.getBytes(3)),
                row.getLong(4),
                NodeId.of(row.getBytes(5)),
                row.getBytes(6),
                row.getBytes(7),
                row.getBytes(8));
    return new LoggedOperation(Keys.position(row.getBytes(1)), operation);
  }
}

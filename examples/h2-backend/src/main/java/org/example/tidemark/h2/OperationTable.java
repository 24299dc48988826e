package org.example.tidemark.h2;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Limits;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.support.RowCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The log. */
record OperationTable(Rows rows) {
  private static final int PAGE = 100;

  // tutorial: scan
  void scan(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor) {
    String sql =
        """
        SELECT position, body FROM operation
        WHERE document = ? AND position >= ? AND position <= ?
        ORDER BY document, position LIMIT ?\
        """;
    rows.state().ensureOpen();
    if (from.version() <= throughVersion) {
      byte[] through = Keys.position(throughVersion, Integer.MAX_VALUE);
      scan(rows, sql, from, Keys::of, through, visitor);
    }
  }

  /**
   * Visits pages, as H2 makes all rows of a statement before it hands out the first. A page starts
   * with the last row of the one before, which is passed over: a position has no next one that is
   * sure to be a position.
   */
  static void scan(
      Rows rows,
      String sql,
      Position from,
      Function<Position, byte[]> start,
      byte[] through,
      RowVisitor<LoggedOperation> visitor) {
    Position next = from;
    Position last = null;
    List<LoggedOperation> page;
    do {
      page = rows.page(sql, OperationTable::logged, PAGE, start.apply(next), through);
      for (LoggedOperation row : page) {
        if (!row.position().equals(last) && !visitor.visit(row)) {
          return;
        }
        next = row.position();
      }
      last = next;
    } while (page.size() == PAGE);
  }

  // tutorial: end

  private static LoggedOperation logged(ResultSet row) throws SQLException {
    return new LoggedOperation(
        Keys.position(row.getBytes(1), 0), RowCodec.OPERATION.decode(row.getBytes(2)));
  }

  Map<OperationId, LoggedOperation> find(Collection<OperationId> ids) {
    Map<OperationId, LoggedOperation> found = new HashMap<>();
    rows.visit(
        "SELECT o.position, o.body"
            + Rows.KEYS
            + "JOIN operation o ON o.document = ? AND o.id = w.k",
        Keys.list(ids, Keys::of),
        row -> {
          LoggedOperation operation = logged(row);
          found.put(operation.operation().id(), operation);
        });
    return found;
  }

  Map<OperationId, Position> positions(Collection<OperationId> ids) {
    Map<ByteKey, OperationId> byKey = ByteKey.index(ids, Keys::of);
    Map<OperationId, Position> found = new HashMap<>();
    rows.visit(
        "SELECT w.k, o.position" + Rows.KEYS + "JOIN operation o ON o.document = ? AND o.id = w.k",
        Keys.list(ids, Keys::of),
        row -> found.put(byKey.get(ByteKey.of(row)), Keys.position(row.getBytes(2), 0)));
    return found;
  }

  Map<HistoryRange, List<CanonicalKey>> content(Collection<HistoryRange> ranges, int limit) {
    return rows.histories(
        """
        SELECT o.content_key FROM operation o
        WHERE o.document = ? AND o.content_node = w.node
          AND o.content_key > w.after AND o.content_key < w.before
        ORDER BY o.document, o.content_node, o.content_key LIMIT ?\
        """,
        ranges,
        limit,
        Keys::canonical);
  }

  Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    Map<ByteKey, ReplicaId> byKey = ByteKey.index(replicas, replica -> Keys.id(replica, 0));
    Map<ReplicaId, Long> found = new HashMap<>();
    rows.work(
        session ->
            session.list(
                """
                SELECT w.k, (
                  SELECT o.id FROM operation o
                  WHERE o.document = ? AND o.id >= w.k AND o.id <= w.through
                  ORDER BY o.document DESC, o.id DESC LIMIT 1)
                FROM UNNEST(CAST(? AS VARBINARY ARRAY), CAST(? AS VARBINARY ARRAY))
                  w(k, through)\
                """,
                row -> {
                  byte[] last = row.getBytes(2);
                  return last == null
                      ? null
                      : found.put(byKey.get(ByteKey.of(row)), Keys.counter(last));
                },
                rows.key(),
                Keys.list(replicas, replica -> Keys.id(replica, 0)),
                Keys.list(replicas, replica -> Keys.id(replica, Limits.MAX_COUNT))));
    return found;
  }

  void append(List<LoggedOperation> operations) {
    rows.write(
        """
        INSERT INTO operation(document, position, id, content_node, content_key, body)
        VALUES (?, ?, ?, ?, ?, ?)\
        """,
        operations,
        row -> {
          Operation operation = row.operation();
          boolean isContent = !(operation instanceof Operation.Structural);
          return new Object[] {
            rows.key(),
            Keys.of(row.position()),
            Keys.of(operation.id()),
            isContent ? operation.node().toByteArray() : null,
            isContent ? Keys.of(operation.key()) : null,
            RowCodec.OPERATION.encode(operation)
          };
        });
  }
}

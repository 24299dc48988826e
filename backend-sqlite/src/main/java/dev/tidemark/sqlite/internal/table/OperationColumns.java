package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.spi.support.OperationKind;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How an operation stands in the columns of its row, and its position in those of its run. */
final class OperationColumns {
  /** What a statement selects behind version and sequence. */
  private static final String CONTENT =
      """
      , o.kind, o.replica, r.bytes, o.counter, o.lead, o.node, p.bytes, o.order_key, o.body""";

  /**
   * The sequence of an operation that was not found through its run, but joined to it. No sequence
   * is negative, so that an operation without a run is taken for damage.
   */
  static final String SEQUENCE = "ifnull(s.sequence + o.number - s.number, -1)";

  /** One seek where a version is one run, as it is when positions have no gaps. */
  static final String RUN =
      """

        LEFT JOIN run s ON s.document = ?1 AND s.version = o.version
          AND s.number <= o.number AND o.number < s.number + s.count""";

  /** All columns of an operation o, and where it stands. */
  static final String NAMES = "o.version, " + SEQUENCE + CONTENT;

  static final String REPLICA =
      """

        LEFT JOIN replica r ON r.document = ?1 AND r.number = o.replica""";
  static final String PARENT =
      """

        LEFT JOIN parent p ON p.document = ?1 AND p.number = o.parent
      """;

  private OperationColumns() {}

  static LoggedOperation decode(ResultSet row, Dictionaries dictionaries) throws SQLException {
    OperationKind kind = OperationKind.of(row.getInt(3));
    long counter = row.getLong(6);
    OperationId id = new OperationId(dictionaries.readReplica(row, 4, 5), counter);
    Operation operation =
        kind.operation(
            id,
            counter + row.getLong(7),
            NodeId.of(row.getBytes(8)),
            row.getBytes(9),
            row.getBytes(10),
            row.getBytes(11));
    return new LoggedOperation(new Position(row.getLong(1), row.getInt(2)), operation);
  }
}

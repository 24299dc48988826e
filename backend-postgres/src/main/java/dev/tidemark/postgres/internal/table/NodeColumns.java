package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.support.NodeFlags;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How a node stands in its columns. */
final class NodeColumns {
  static final Column[] ALL = {
    Column.bytes("node"),
    Column.small("flags"),
    Column.bytes("parent"),
    Column.bytes("order_key"),
    Column.bytes("placed_by"),
    Column.bytes("written_by")
  };

  private NodeColumns() {}

  static Object[] encode(NodeRow row) {
    PlacementRow placement = row.placement();
    return new Object[] {
      row.node().toByteArray(),
      NodeFlags.of(row),
      placement == null ? Keys.ABSENT : placement.parent().toByteArray(),
      placement == null ? Keys.ABSENT : placement.orderKey().toByteArray(),
      Keys.canonical(placement == null ? null : placement.writtenBy()),
      Keys.canonical(NodeFlags.separatePayloadKey(row))
    };
  }

  static NodeRow decode(ResultSet row) throws SQLException {
    CanonicalKey placedBy = Keys.canonical(row.getBytes(5));
    PlacementRow placement =
        placedBy == null
            ? null
            : new PlacementRow(NodeId.of(row.getBytes(3)), OrderKey.of(row.getBytes(4)), placedBy);
    return NodeFlags.row(
        NodeId.of(row.getBytes(1)), row.getInt(2), placement, Keys.canonical(row.getBytes(6)));
  }
}

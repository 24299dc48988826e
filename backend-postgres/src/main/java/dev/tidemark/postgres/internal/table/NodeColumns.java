package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

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

  private static final int HAS_PAYLOAD = 1;
  private static final int INNER = 2;
  private static final int DELETED = 4;
  private static final int TOMBSTONED = 8;
  private static final int INDEXED = 16;

  private NodeColumns() {}

  static Object[] encode(NodeRow row) {
    PlacementRow placement = row.placement();
    return new Object[] {
      row.node().toByteArray(),
      flags(row),
      placement == null ? Keys.ABSENT : placement.parent().toByteArray(),
      placement == null ? Keys.ABSENT : placement.orderKey().toByteArray(),
      Keys.canonical(placement == null ? null : placement.writtenBy()),
      Keys.canonical(separatePayloadKey(row))
    };
  }

  /** Returns the payload's key where it cannot be told from flags and placement. */
  private static @Nullable CanonicalKey separatePayloadKey(NodeRow row) {
    PayloadRow payload = row.payload();
    if (payload == null) {
      return null;
    }
    PlacementRow placement = row.placement();
    boolean isSame =
        payload.isPresent()
            && placement != null
            && placement.writtenBy().equals(payload.writtenBy());
    return isSame ? null : payload.writtenBy();
  }

  private static int flags(NodeRow row) {
    PayloadRow payload = row.payload();
    return (payload != null && payload.isPresent() ? HAS_PAYLOAD : 0)
        | (row.isInner() ? INNER : 0)
        | (row.isDeleted() ? DELETED : 0)
        | (row.isTombstoned() ? TOMBSTONED : 0)
        | (row.isIndexed() ? INDEXED : 0);
  }

  static NodeRow decode(ResultSet row) throws SQLException {
    int flags = row.getInt(2);
    CanonicalKey placedBy = Keys.canonical(row.getBytes(5));
    PlacementRow placement =
        placedBy == null
            ? null
            : new PlacementRow(NodeId.of(row.getBytes(3)), OrderKey.of(row.getBytes(4)), placedBy);
    return new NodeRow(
        NodeId.of(row.getBytes(1)),
        placement,
        payload(flags, Keys.canonical(row.getBytes(6)), placement),
        (flags & INNER) != 0,
        (flags & DELETED) != 0,
        (flags & TOMBSTONED) != 0,
        (flags & INDEXED) != 0);
  }

  private static @Nullable PayloadRow payload(
      int flags, @Nullable CanonicalKey separateKey, @Nullable PlacementRow placement) {
    boolean isPresent = (flags & HAS_PAYLOAD) != 0;
    if (separateKey != null) {
      return new PayloadRow(separateKey, isPresent);
    }
    if (!isPresent) {
      return null;
    }
    if (placement == null) {
      throw new IllegalArgumentException("a payload that nothing wrote");
    }
    return new PayloadRow(placement.writtenBy(), true);
  }
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How a node stands in its columns. The commonest node, inserted with its payload and without
 * children, has flags 1 and no payload key: neither takes a byte.
 */
final class NodeColumns {
  static final String NAMES =
      """
      n.node, n.flags, p.bytes, n.order_key, n.replica, r.bytes, n.counter, n.lead,
        n.payload_key""";
  static final String JOINS =
      """

        LEFT JOIN parent p ON p.document = ?1 AND p.number = n.parent
        LEFT JOIN replica r ON r.document = ?1 AND r.number = n.replica
      """;

  private static final int HAS_PAYLOAD = 1;
  private static final int INNER = 2;
  private static final int DELETED = 4;
  private static final int TOMBSTONED = 8;
  private static final int INDEXED = 16;

  private NodeColumns() {}

  /** Sets the parameters from 2 on. */
  static void bind(PreparedStatement statement, NodeRow row, Dictionaries dictionaries)
      throws SQLException {
    statement.setBytes(2, row.node().toByteArray());
    statement.setInt(3, flags(row));
    PlacementRow placement = row.placement();
    if (placement == null) {
      for (int column = 4; column <= 8; column++) {
        statement.setObject(column, null);
      }
    } else {
      CanonicalKey key = placement.writtenBy();
      statement.setLong(4, dictionaries.parents().number(placement.parent()));
      statement.setBytes(5, placement.orderKey().toByteArray());
      statement.setLong(6, dictionaries.replicas().number(key.replica()));
      statement.setLong(7, key.counter());
      statement.setLong(8, key.lamport() - key.counter());
    }
    statement.setBytes(9, Keys.encode(separatePayloadKey(row)));
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

  static NodeRow decode(ResultSet row, Dictionaries dictionaries) throws SQLException {
    int flags = row.getInt(2);
    PlacementRow placement = placement(row, dictionaries);
    return new NodeRow(
        NodeId.of(row.getBytes(1)),
        placement,
        payload(flags, Keys.decode(row.getBytes(9)), placement),
        (flags & INNER) != 0,
        (flags & DELETED) != 0,
        (flags & TOMBSTONED) != 0,
        (flags & INDEXED) != 0);
  }

  private static @Nullable PlacementRow placement(ResultSet row, Dictionaries dictionaries)
      throws SQLException {
    byte[] orderKey = row.getBytes(4);
    if (orderKey == null) {
      return null;
    }
    long counter = row.getLong(7);
    CanonicalKey key =
        new CanonicalKey(counter + row.getLong(8), dictionaries.readReplica(row, 5, 6), counter);
    return new PlacementRow(NodeId.of(row.getBytes(3)), OrderKey.of(orderKey), key);
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

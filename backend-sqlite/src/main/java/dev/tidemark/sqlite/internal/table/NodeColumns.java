package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.support.NodeFlags;
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

  private NodeColumns() {}

  /** Sets the parameters from 2 on. */
  static void bind(PreparedStatement statement, NodeRow row, Dictionaries dictionaries)
      throws SQLException {
    statement.setBytes(2, row.node().toByteArray());
    statement.setInt(3, NodeFlags.of(row));
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
    statement.setBytes(9, Keys.encode(NodeFlags.separatePayloadKey(row)));
  }

  static NodeRow decode(ResultSet row, Dictionaries dictionaries) throws SQLException {
    PlacementRow placement = placement(row, dictionaries);
    return NodeFlags.row(
        NodeId.of(row.getBytes(1)), row.getInt(2), placement, Keys.decode(row.getBytes(9)));
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
}

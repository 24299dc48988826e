package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree's nodes and, as an index of them, their children. */
public final class NodeTable {
  private static final String SELECT = "SELECT " + NodeColumns.NAMES + " FROM ";

  static final String FIND =
      SELECT
          + "json_each(?2) w CROSS JOIN node n ON n.document = ?1 AND n.node = unhex(w.value)"
          + NodeColumns.JOINS;

  /** UNION and not UNION ALL: a node that was met before is not followed again. */
  static final String CHAINS =
      """
      WITH RECURSIVE chain(node) AS (
        SELECT unhex(value) FROM json_each(?2)
        UNION
        SELECT p.bytes FROM chain c
          CROSS JOIN node n ON n.document = ?1 AND n.node = c.node
          CROSS JOIN parent p ON p.document = ?1 AND p.number = n.parent)
      """
          + SELECT
          + "chain c CROSS JOIN node n ON n.document = ?1 AND n.node = c.node"
          + NodeColumns.JOINS;

  private static final String CHILDREN =
      SELECT
          + "node n INDEXED BY child"
          + NodeColumns.JOINS
          + " WHERE n.document = ?1"
          + " AND n.parent = (SELECT number FROM parent WHERE document = ?1 AND bytes = ?2)";
  private static final String ASCENDING = " ORDER BY n.order_key, n.node LIMIT ?3";
  private static final String DESCENDING = " ORDER BY n.order_key DESC, n.node DESC LIMIT ?3";

  static final String FIRST_CHILDREN = CHILDREN + ASCENDING;
  static final String NEXT_CHILDREN =
      CHILDREN + " AND (n.order_key, n.node) > (?4, ?5)" + ASCENDING;
  static final String LAST_CHILDREN = CHILDREN + DESCENDING;
  static final String PREVIOUS_CHILDREN =
      CHILDREN + " AND (n.order_key, n.node) < (?4, ?5)" + DESCENDING;

  static final String AFTER =
      SELECT
          + "node n"
          + NodeColumns.JOINS
          + " WHERE n.document = ?1 AND n.node > ?2 ORDER BY n.node LIMIT ?3";

  private static final String PUT =
      """
      INSERT OR REPLACE INTO node(document, node, flags, parent, order_key, replica, counter,
        lead, payload_key)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)""";
  private static final String REMOVE =
      """
      DELETE FROM node WHERE document = ?1 AND node IN (SELECT unhex(value) FROM json_each(?2))""";

  private static final byte[] BEFORE_ALL = new byte[0];

  private final Session session;
  private final DocumentRow document;
  private final Dictionaries dictionaries;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param dictionaries its dictionaries
   */
  public NodeTable(Session session, DocumentRow document, Dictionaries dictionaries) {
    this.session = session;
    this.document = document;
    this.dictionaries = dictionaries;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#nodes}. */
  public Map<NodeId, NodeRow> find(Collection<NodeId> nodes) throws SQLException {
    return find(FIND, nodes);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#chains}. */
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) throws SQLException {
    return find(CHAINS, nodes);
  }

  private Map<NodeId, NodeRow> find(String sql, Collection<NodeId> nodes) throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.nodes(List.copyOf(nodes)));
    Map<NodeId, NodeRow> found = new HashMap<>();
    for (NodeRow row : read(statement)) {
      found.put(row.node(), row);
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#children}. */
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit)
      throws SQLException {
    return children(after == null ? FIRST_CHILDREN : NEXT_CHILDREN, parent, after, limit);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#childrenBackwards}. */
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit)
      throws SQLException {
    return children(before == null ? LAST_CHILDREN : PREVIOUS_CHILDREN, parent, before, limit);
  }

  private List<NodeRow> children(String sql, NodeId parent, @Nullable SiblingKey from, int limit)
      throws SQLException {
    PreparedStatement statement = session.prepare(sql);
    statement.setLong(1, document.number());
    statement.setBytes(2, parent.toByteArray());
    statement.setInt(3, limit);
    if (from != null) {
      statement.setBytes(4, from.orderKey().toByteArray());
      statement.setBytes(5, from.node().toByteArray());
    }
    return read(statement);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#nodesAfter}. */
  public List<NodeRow> after(@Nullable NodeId node, int limit) throws SQLException {
    PreparedStatement statement = session.prepare(AFTER);
    statement.setLong(1, document.number());
    statement.setBytes(2, node == null ? BEFORE_ALL : node.toByteArray());
    statement.setInt(3, limit);
    return read(statement);
  }

  private List<NodeRow> read(PreparedStatement statement) throws SQLException {
    List<NodeRow> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(Decoding.of("node", () -> NodeColumns.decode(rows, dictionaries)));
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putNodes}. */
  public void put(Collection<NodeRow> rows) throws SQLException {
    internNames(rows);
    PreparedStatement statement = session.prepare(PUT);
    statement.clearBatch();
    for (NodeRow row : rows) {
      statement.setLong(1, document.number());
      NodeColumns.bind(statement, row, dictionaries);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private void internNames(Collection<NodeRow> rows) throws SQLException {
    Set<NodeId> parents = new LinkedHashSet<>();
    Set<ReplicaId> replicas = new LinkedHashSet<>();
    for (NodeRow row : rows) {
      PlacementRow placement = row.placement();
      if (placement != null) {
        parents.add(placement.parent());
        replicas.add(placement.writtenBy().replica());
      }
    }
    dictionaries.parents().intern(parents);
    dictionaries.replicas().intern(replicas);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeNodes}. */
  public void remove(Collection<NodeId> nodes) throws SQLException {
    PreparedStatement statement = session.prepare(REMOVE);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.nodes(List.copyOf(nodes)));
    statement.executeUpdate();
  }
}

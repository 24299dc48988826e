package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree's nodes and, as an index of them, their children. */
public final class NodeTable {
  private static final String COLUMNS =
      "n.node, n.flags, n.parent, n.order_key, n.placed_by, n.written_by";

  private static final String SELECT = "SELECT " + COLUMNS + " FROM tidemark.node n";

  static final Lookup FIND = Lookup.ofOne(COLUMNS.replace("n.", "t."), "node", "node");

  /**
   * UNION and not UNION ALL: a node that was met before is not followed again. The lateral queries
   * are as in {@link Lookup}.
   */
  static final String CHAINS =
      """
      WITH RECURSIVE chain(node) AS (
        SELECT w.node FROM pg_catalog.unnest(CAST(? AS bytea[])) AS w(node)
        UNION
        SELECT p.parent FROM chain c CROSS JOIN LATERAL (
          SELECT n.parent FROM tidemark.node n WHERE n.document = ? NODE LIMIT 1) AS p)
      SELECT f.* FROM chain c CROSS JOIN LATERAL (
        SELECT COLUMNS FROM tidemark.node n WHERE n.document = ? NODE LIMIT 1) AS f"""
          .replace("COLUMNS", COLUMNS)
          .replace("NODE", Lookup.oneKey("n.node", "c.node"));

  private static final String CHILDREN = SELECT + " WHERE n.document = ? AND n.parent = ?";
  static final String FIRST_CHILDREN = CHILDREN + " ORDER BY n.order_key, n.node LIMIT ?";
  static final String LAST_CHILDREN = CHILDREN + " ORDER BY n.order_key DESC, n.node DESC LIMIT ?";

  /** Behind a sibling come those of its order key, which may be many, and then the others. */
  static final String SAME_KEY_NEXT =
      CHILDREN + " AND n.order_key = ? AND n.node > ? ORDER BY n.node LIMIT ?";

  static final String OTHER_KEYS_NEXT =
      CHILDREN + " AND n.order_key > ? ORDER BY n.order_key, n.node LIMIT ?";
  static final String SAME_KEY_BEFORE =
      CHILDREN + " AND n.order_key = ? AND n.node < ? ORDER BY n.node DESC LIMIT ?";
  static final String OTHER_KEYS_BEFORE =
      CHILDREN + " AND n.order_key < ? ORDER BY n.order_key DESC, n.node DESC LIMIT ?";

  static final String AFTER =
      SELECT + " WHERE n.document = ? AND n.node > ? ORDER BY n.node LIMIT ?";

  private static final BulkInsert ADD = BulkInsert.adding("node", NodeColumns.ALL);
  private static final BulkInsert PUT = BulkInsert.replacing("node", 1, NodeColumns.ALL);
  static final Removal REMOVE = Removal.of("node", "node");

  private final Session session;
  private final DocumentRow document;

  /** Bounds what is remembered, at some 10 MB. */
  private static final int MOST_ABSENT = 100_000;

  /**
   * Nodes that were looked for and have no row, in a transaction that writes. They stay without one
   * until it puts one, as the document is locked: their rows need no look at what they may replace,
   * which costs a third of an insert. Where the lock did not hold, such a row meets another one,
   * and the transaction fails.
   */
  private final Set<NodeId> absent = new HashSet<>();

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public NodeTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#nodes}. */
  public Map<NodeId, NodeRow> find(Collection<NodeId> nodes) throws SQLException {
    return found(nodes, byNode(FIND.query(session, document, nodes)));
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#chains}. */
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) throws SQLException {
    if (!session.isNative()) {
      return chainsByLevel(nodes);
    }
    return found(
        nodes,
        byNode(
            new Query(session, CHAINS)
                .nodes(nodes)
                .number(document.number())
                .number(document.number())));
  }

  private Map<NodeId, NodeRow> found(Collection<NodeId> nodes, Map<NodeId, NodeRow> rows) {
    if (!document.isLocked()) {
      return rows;
    }
    if (absent.size() > MOST_ABSENT) {
      absent.clear();
    }
    for (NodeId node : nodes) {
      if (!rows.containsKey(node)) {
        absent.add(node);
      }
    }
    return rows;
  }

  /** Where recursive queries are not understood: as many statements as the chains are long. */
  private Map<NodeId, NodeRow> chainsByLevel(Collection<NodeId> nodes) throws SQLException {
    Map<NodeId, NodeRow> found = new HashMap<>();
    Set<NodeId> seen = new HashSet<>(nodes);
    Collection<NodeId> level = seen;
    while (!level.isEmpty()) {
      Map<NodeId, NodeRow> rows = find(level);
      found.putAll(rows);
      level = new ArrayList<>();
      for (NodeRow row : rows.values()) {
        PlacementRow placement = row.placement();
        if (placement != null && seen.add(placement.parent())) {
          level.add(placement.parent());
        }
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#children}. */
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit)
      throws SQLException {
    return after == null
        ? read(children(FIRST_CHILDREN, parent).limit(limit))
        : children(SAME_KEY_NEXT, OTHER_KEYS_NEXT, parent, after, limit);
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#childrenBackwards}. */
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit)
      throws SQLException {
    return before == null
        ? read(children(LAST_CHILDREN, parent).limit(limit))
        : children(SAME_KEY_BEFORE, OTHER_KEYS_BEFORE, parent, before, limit);
  }

  private List<NodeRow> children(
      String sameKey, String otherKeys, NodeId parent, SiblingKey from, int limit)
      throws SQLException {
    byte[] orderKey = from.orderKey().toByteArray();
    List<NodeRow> found =
        new ArrayList<>(
            read(
                children(sameKey, parent)
                    .bytes(orderKey)
                    .bytes(from.node().toByteArray())
                    .limit(limit)));
    if (found.size() < limit) {
      found.addAll(read(children(otherKeys, parent).bytes(orderKey).limit(limit - found.size())));
    }
    return found;
  }

  private Query children(String sql, NodeId parent) throws SQLException {
    return query(sql).bytes(parent.toByteArray());
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#nodesAfter}. */
  public List<NodeRow> after(@Nullable NodeId node, int limit) throws SQLException {
    return read(query(AFTER).bytes(node == null ? Keys.ABSENT : node.toByteArray()).limit(limit));
  }

  private Query query(String sql) throws SQLException {
    return new Query(session, sql).number(document.number());
  }

  private static List<NodeRow> read(Query query) throws SQLException {
    return query.read("node", NodeColumns::decode);
  }

  private static Map<NodeId, NodeRow> byNode(Query query) throws SQLException {
    Map<NodeId, NodeRow> found = new HashMap<>();
    for (NodeRow row : read(query)) {
      found.put(row.node(), row);
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putNodes}. */
  public void put(Collection<NodeRow> rows) throws SQLException {
    List<Object[]> added = new ArrayList<>();
    List<Object[]> others = new ArrayList<>();
    for (NodeRow row : rows) {
      (absent.remove(row.node()) ? added : others).add(NodeColumns.encode(row));
    }
    ADD.insert(session, document.number(), added);
    PUT.insert(session, document.number(), others);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeNodes}. */
  public int remove(Collection<NodeId> nodes) throws SQLException {
    return REMOVE.remove(
        session, document, nodes.stream().map(node -> new byte[][] {node.toByteArray()}).toList());
  }
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.support.KnownCodec;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the deletes of nodes cover. */
public final class DeletionTable {
  static final String FIND =
      """
      SELECT w.key, d.known FROM json_each(?2) w
        CROSS JOIN deletion d ON d.document = ?1 AND d.node = unhex(w.value)""";
  private static final String PUT =
      "INSERT OR REPLACE INTO deletion(document, node, known) VALUES (?1, ?2, ?3)";

  private final Session session;
  private final DocumentRow document;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public DeletionTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#deletions}. */
  public Map<NodeId, KnownOperations> find(Collection<NodeId> nodes) throws SQLException {
    List<NodeId> keys = List.copyOf(nodes);
    PreparedStatement statement = session.prepare(FIND);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.nodes(keys));
    Map<NodeId, KnownOperations> found = new HashMap<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        KnownOperations known = Decoding.of("deletion", () -> KnownCodec.decode(rows.getBytes(2)));
        found.put(keys.get(rows.getInt(1)), known);
      }
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putDeletions}. */
  public void put(Map<NodeId, KnownOperations> deletions) throws SQLException {
    PreparedStatement statement = session.prepare(PUT);
    statement.clearBatch();
    for (Map.Entry<NodeId, KnownOperations> entry : deletions.entrySet()) {
      statement.setLong(1, document.number());
      statement.setBytes(2, entry.getKey().toByteArray());
      statement.setBytes(3, KnownCodec.encode(entry.getValue()));
      statement.addBatch();
    }
    statement.executeBatch();
  }
}

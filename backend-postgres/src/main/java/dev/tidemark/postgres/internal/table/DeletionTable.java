package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.support.KnownCodec;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the deletes of nodes cover. */
public final class DeletionTable {
  static final Lookup FIND = Lookup.ofOne("t.node, t.known", "deletion", "node");
  private static final BulkInsert PUT =
      BulkInsert.replacing("deletion", 1, Column.bytes("node"), Column.bytes("known"));

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
    Map<NodeId, KnownOperations> found = new HashMap<>();
    FIND.query(session, document, nodes)
        .read(
            "deletion",
            row ->
                found.put(NodeId.of(row.getBytes(1)), KnownCodec.decode(row.getBytes(2))) == null);
    return found;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putDeletions}. */
  public void put(Map<NodeId, KnownOperations> deletions) throws SQLException {
    List<Object[]> rows =
        deletions.entrySet().stream()
            .map(
                entry ->
                    new Object[] {
                      entry.getKey().toByteArray(), KnownCodec.encode(entry.getValue())
                    })
            .toList();
    PUT.insert(session, document.number(), rows);
  }
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The replicas and parents that one transaction has met, and their numbers. */
public final class Dictionaries {
  private final Dictionary<ReplicaId> replicas;
  private final Dictionary<NodeId> parents;
  private final Map<Long, ReplicaId> replicasByNumber = new HashMap<>();

  /**
   * Makes the dictionaries of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public Dictionaries(Session session, DocumentRow document) {
    replicas = new Dictionary<>(session, document, "replica", ReplicaId::toByteArray);
    parents = new Dictionary<>(session, document, "parent", NodeId::toByteArray);
  }

  Dictionary<ReplicaId> replicas() {
    return replicas;
  }

  Dictionary<NodeId> parents() {
    return parents;
  }

  /**
   * Returns the replica of a row. Most rows are of few replicas, and knowing one by its number is
   * faster than taking its bytes out of SQLite.
   */
  ReplicaId readReplica(ResultSet row, int numberColumn, int bytesColumn) throws SQLException {
    Long number = row.getLong(numberColumn);
    ReplicaId known = replicasByNumber.get(number);
    if (known == null) {
      known = ReplicaId.of(row.getBytes(bytesColumn));
      replicasByNumber.put(number, known);
    }
    return known;
  }
}

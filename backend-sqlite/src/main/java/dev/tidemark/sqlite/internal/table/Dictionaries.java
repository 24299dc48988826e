package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The replicas and parents that one transaction has met, and their numbers. */
public final class Dictionaries {
  static final String REPLICAS_FROM = NumberedValues.text("replica");
  static final String PARENTS_FROM = NumberedValues.text("parent");

  private final Dictionary<ReplicaId> replicas;
  private final Dictionary<NodeId> parents;
  private final NumberedValues<ReplicaId> replicasByNumber;
  private final NumberedValues<NodeId> parentsByNumber;

  /**
   * Makes the dictionaries of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public Dictionaries(Session session, DocumentRow document) {
    replicas = new Dictionary<>(session, document, "replica", ReplicaId::toByteArray);
    parents = new Dictionary<>(session, document, "parent", NodeId::toByteArray);
    replicasByNumber = new NumberedValues<>(session, document, REPLICAS_FROM, ReplicaId::of);
    parentsByNumber = new NumberedValues<>(session, document, PARENTS_FROM, NodeId::of);
  }

  Dictionary<ReplicaId> replicas() {
    return replicas;
  }

  Dictionary<NodeId> parents() {
    return parents;
  }

  /** Returns a replica by its number. */
  ReplicaId replica(long number) throws SQLException {
    return replicasByNumber.get(number);
  }

  /** Returns a parent by its number. */
  NodeId parent(long number) throws SQLException {
    return parentsByNumber.get(number);
  }

  /**
   * Returns the replica of a row that it is joined to. Most rows are of few replicas, and knowing
   * one by its number is faster than taking its bytes out of SQLite.
   */
  ReplicaId readReplica(ResultSet row, int numberColumn, int bytesColumn) throws SQLException {
    long number = row.getLong(numberColumn);
    ReplicaId known = replicasByNumber.known(number);
    if (known == null) {
      known = ReplicaId.of(row.getBytes(bytesColumn));
      replicasByNumber.put(number, known);
    }
    return known;
  }
}

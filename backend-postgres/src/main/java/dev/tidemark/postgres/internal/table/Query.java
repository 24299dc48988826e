package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.NodeId;
import dev.tidemark.postgres.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** One execution of a statement: its parameters in their order, then its rows. */
final class Query {
  private final Session session;
  private final PreparedStatement statement;
  private int parameters;

  Query(Session session, String sql) throws SQLException {
    this(session, session.prepare(sql));
  }

  private Query(Session session, PreparedStatement statement) {
    this.session = session;
    this.statement = statement;
  }

  /** Makes the first query of a transaction. */
  static Query first(Session session, String sql) throws SQLException {
    return new Query(session, session.prepareFirst(sql));
  }

  /** It waits for another writer, but not for ever. */
  Query waiting() throws SQLException {
    session.boundWait(statement);
    return this;
  }

  Query number(long value) throws SQLException {
    statement.setLong(++parameters, value);
    return this;
  }

  Query limit(int value) throws SQLException {
    statement.setInt(++parameters, value);
    return this;
  }

  Query bytes(byte[] value) throws SQLException {
    statement.setBytes(++parameters, value);
    return this;
  }

  Query nodes(Collection<NodeId> nodes) throws SQLException {
    return keys(nodes.stream().map(NodeId::toByteArray).toArray(byte[][]::new));
  }

  Query keys(byte[][] keys) throws SQLException {
    session.setBytes(statement, ++parameters, keys);
    return this;
  }

  Query numbers(Long[] values) throws SQLException {
    session.setNumbers(statement, ++parameters, values);
    return this;
  }

  /**
   * A row as it is read.
   *
   * @param <T> what it holds
   */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Reads all rows, taking whatever their columns make impossible for damage. */
  <T> List<T> read(String table, Row<T> reading) throws SQLException {
    List<T> found = new ArrayList<>();
    try (ResultSet rows = session.rows(statement)) {
      while (rows.next()) {
        found.add(Decoding.of(table, () -> reading.read(rows)));
      }
    }
    return found;
  }

  /** Executes a change, and returns how many rows it has changed. */
  int change() throws SQLException {
    return statement.executeUpdate();
  }
}

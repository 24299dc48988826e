package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.sqlite.internal.store.DamagedRowException;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parent index, whose rows name parents and operations by their numbers. */
public final class ParentIndexTable {
  static final String SCAN =
      "SELECT "
          + OperationColumns.NAMES
          + """

          FROM parent_operation i
            CROSS JOIN operation o ON o.number = i.operation"""
          + OperationColumns.RUN
          + OperationColumns.REPLICA
          + OperationColumns.PARENT
          + """
          WHERE i.document = ?1
            AND i.parent = (SELECT number FROM parent WHERE document = ?1 AND bytes = ?2)
            AND i.operation >="""
          + RunTable.NUMBER_FROM
          + " ORDER BY i.operation";

  private static final String ENTRY =
      "SELECT q.bytes, o.version, "
          + OperationColumns.SEQUENCE
          + """

          FROM parent q INDEXED BY parent_bytes
            CROSS JOIN parent_operation i ON i.document = ?1 AND i.parent = q.number
            LEFT JOIN operation o ON o.number = i.operation AND o.document = ?1"""
          + OperationColumns.RUN
          + " WHERE q.document = ?1";

  /** The entries of one parent behind an operation. */
  static final String REST_OF_PARENT =
      ENTRY
          + " AND q.bytes = ?2 AND i.operation >= "
          + RunTable.NUMBER_FROM
          + " ORDER BY i.operation LIMIT ?5";

  /** The entries of the parents behind one. */
  static final String FURTHER_PARENTS =
      ENTRY + " AND q.bytes > ?2 ORDER BY q.bytes, i.operation LIMIT ?3";

  /** Whether there are entries whose parent has no name: a seek per parent. */
  static final String NAMELESS =
      """
      WITH RECURSIVE used(parent) AS (
        SELECT (SELECT min(i.parent) FROM parent_operation i WHERE i.document = ?1)
        UNION ALL
        SELECT (SELECT min(i.parent) FROM parent_operation i
          WHERE i.document = ?1 AND i.parent > u.parent)
        FROM used u WHERE u.parent IS NOT NULL)
      SELECT count(*) FROM used u WHERE u.parent IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM parent q WHERE q.document = ?1 AND q.number = u.parent)""";

  private static final String PUT =
      "INSERT OR IGNORE INTO parent_operation(document, parent, operation) VALUES (?1, ?2, ?3)";
  private static final String REMOVE =
      "DELETE FROM parent_operation WHERE document = ?1 AND parent = ?2 AND operation = ?3";

  private static final byte[] BEFORE_ALL = new byte[0];

  private final Session session;
  private final DocumentRow document;
  private final Dictionaries dictionaries;
  private final RunTable runs;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param dictionaries its dictionaries
   * @param runs its numbers of operations
   */
  public ParentIndexTable(
      Session session, DocumentRow document, Dictionaries dictionaries, RunTable runs) {
    this.session = session;
    this.document = document;
    this.dictionaries = dictionaries;
    this.runs = runs;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#scanParent}. */
  public void scan(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor)
      throws SQLException {
    PreparedStatement statement = session.prepare(SCAN);
    bind(statement, parent, from.version(), from.sequence());
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        LoggedOperation row =
            Decoding.of("operation", () -> OperationColumns.decode(rows, dictionaries));
        session.verifySnapshot();
        if (!visitor.visit(row)) {
          return;
        }
      }
    }
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#parentRowsAfter}. */
  public List<ParentRow> after(@Nullable ParentRow after, int limit) throws SQLException {
    List<ParentRow> found = new ArrayList<>();
    if (after != null) {
      PreparedStatement rest = session.prepare(REST_OF_PARENT);
      bind(rest, after.parent(), after.position().version(), after.position().sequence() + 1L);
      rest.setInt(5, limit);
      read(rest, found);
    }
    if (found.size() < limit) {
      PreparedStatement further = session.prepare(FURTHER_PARENTS);
      further.setLong(1, document.number());
      further.setBytes(2, after == null ? BEFORE_ALL : after.parent().toByteArray());
      further.setInt(3, limit - found.size());
      read(further, found);
    }
    if (found.size() < limit) {
      ensureNamed();
    }
    return found;
  }

  private static void read(PreparedStatement statement, List<ParentRow> found) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(Decoding.of("parent index", () -> decode(rows)));
      }
    }
  }

  /** An entry whose operation is not in the log has the sequence -1, which no position has. */
  private static ParentRow decode(ResultSet row) throws SQLException {
    return new ParentRow(NodeId.of(row.getBytes(1)), new Position(row.getLong(2), row.getInt(3)));
  }

  /** The end of the list is where entries are missed that the list could not show. */
  private void ensureNamed() throws SQLException {
    PreparedStatement statement = session.prepare(NAMELESS);
    statement.setLong(1, document.number());
    try (ResultSet row = statement.executeQuery()) {
      if (row.next() && row.getLong(1) > 0) {
        throw new DamagedRowException("the parent index has entries of unknown parents");
      }
    }
  }

  private void bind(PreparedStatement statement, NodeId parent, long version, long sequence)
      throws SQLException {
    statement.setLong(1, document.number());
    statement.setBytes(2, parent.toByteArray());
    statement.setLong(3, version);
    statement.setLong(4, sequence);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putParentRows}. */
  public void put(Collection<ParentRow> rows) throws SQLException {
    Map<Position, Long> numbers = runs.find(rows.stream().map(ParentRow::position).toList());
    List<NodeId> parents = rows.stream().map(ParentRow::parent).toList();
    dictionaries.parents().intern(parents);
    PreparedStatement statement = session.prepare(PUT);
    statement.clearBatch();
    for (ParentRow row : rows) {
      Long number = numbers.get(row.position());
      if (number == null) {
        throw new DamagedRowException("no operation stands at " + row.position());
      }
      statement.setLong(1, document.number());
      statement.setLong(2, dictionaries.parents().number(row.parent()));
      statement.setLong(3, number);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeParentRows}. */
  public void remove(Collection<ParentRow> rows) throws SQLException {
    Map<Position, Long> numbers = runs.find(rows.stream().map(ParentRow::position).toList());
    Map<NodeId, Long> parents =
        dictionaries.parents().find(rows.stream().map(ParentRow::parent).toList());
    PreparedStatement statement = session.prepare(REMOVE);
    statement.clearBatch();
    for (ParentRow row : rows) {
      Long number = numbers.get(row.position());
      Long parent = parents.get(row.parent());
      if (number != null && parent != null) {
        statement.setLong(1, document.number());
        statement.setLong(2, parent);
        statement.setLong(3, number);
        statement.addBatch();
      }
    }
    statement.executeBatch();
  }
}

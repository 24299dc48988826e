package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.OperationId;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of payloads that are too large for the log's own rows. */
public final class PieceTable {
  /**
   * Pieces never overlap, so the last one that starts at or before a byte is the one that has it.
   */
  static final String READ =
      """
      SELECT p.start, p.bytes FROM replica r
        CROSS JOIN piece p INDEXED BY piece_place
          ON p.document = ?1 AND p.replica = r.number AND p.counter = ?3
      WHERE r.document = ?1 AND r.bytes = ?2
        AND p.start >= (
          SELECT max(f.start) FROM piece f INDEXED BY piece_place
          WHERE f.document = ?1 AND f.replica = r.number AND f.counter = ?3 AND f.start <= ?4)
        AND p.start < ?5
      ORDER BY p.start""";

  private static final String WRITE =
      "INSERT INTO piece(document, replica, counter, start, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
  private static final String REMOVE =
      """
      DELETE FROM piece WHERE rowid IN (
        SELECT p.rowid FROM replica r
          CROSS JOIN piece p INDEXED BY piece_place
            ON p.document = ?1 AND p.replica = r.number AND p.counter = ?3
        WHERE r.document = ?1 AND r.bytes = ?2
        LIMIT ?4)""";

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
  public PieceTable(Session session, DocumentRow document, Dictionaries dictionaries) {
    this.session = session;
    this.document = document;
    this.dictionaries = dictionaries;
  }

  /**
   * Reads a range.
   *
   * @param operation the operation that carries the payload
   * @param offset the first byte
   * @param length how many
   * @return the bytes, or null if not all are there
   * @throws SQLException if it fails
   */
  public byte @Nullable [] read(OperationId operation, long offset, int length)
      throws SQLException {
    PreparedStatement statement = session.prepare(READ);
    statement.setLong(1, document.number());
    statement.setBytes(2, operation.replica().toByteArray());
    statement.setLong(3, operation.counter());
    statement.setLong(4, offset);
    statement.setLong(5, offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length);
    byte[] range = new byte[length];
    int filled = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (filled < length && rows.next()) {
        long from = offset + filled - rows.getLong(1);
        byte[] piece = rows.getBytes(2);
        if (from < 0 || from >= piece.length) {
          return null;
        }
        int count = Math.min(piece.length - (int) from, length - filled);
        System.arraycopy(piece, (int) from, range, filled, count);
        filled += count;
      }
    }
    return filled == length ? range : null;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#writePayload}. */
  public void write(OperationId operation, long offset, byte[] bytes) throws SQLException {
    dictionaries.replicas().intern(List.of(operation.replica()));
    PreparedStatement statement = session.prepare(WRITE);
    statement.setLong(1, document.number());
    statement.setLong(2, dictionaries.replicas().number(operation.replica()));
    statement.setLong(3, operation.counter());
    statement.setLong(4, offset);
    statement.setBytes(5, bytes);
    statement.executeUpdate();
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removePayload}. */
  public int remove(OperationId operation, int limit) throws SQLException {
    PreparedStatement statement = session.prepare(REMOVE);
    statement.setLong(1, document.number());
    statement.setBytes(2, operation.replica().toByteArray());
    statement.setLong(3, operation.counter());
    statement.setInt(4, limit);
    return statement.executeUpdate();
  }
}

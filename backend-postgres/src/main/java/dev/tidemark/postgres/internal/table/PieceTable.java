package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.OperationId;
import dev.tidemark.postgres.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of payloads that are too large for the log's own rows. */
public final class PieceTable {
  /**
   * Pieces never overlap, so the last one that starts at or before a byte is the one that has it.
   * Of the first and the last piece only what was asked for is sent.
   */
  static final String READ =
      """
      SELECT GREATEST(p.start, CAST(? AS bigint)),
        substring(p.bytes
          FROM CAST(LEAST(GREATEST(CAST(? AS bigint) - p.start, 0), 2147483646) AS integer) + 1
          FOR CAST(LEAST(CAST(? AS bigint) - GREATEST(p.start, CAST(? AS bigint)), 2147483646)
            AS integer))
      FROM tidemark.piece p
      WHERE p.document = ? AND p.operation = ?
        AND p.start >= (
          SELECT max(f.start) FROM tidemark.piece f
          WHERE f.document = ? AND f.operation = ? AND f.start <= ?)
        AND p.start < ?
      ORDER BY p.start""";

  private static final String WRITE =
      "INSERT INTO tidemark.piece (document, operation, start, bytes) VALUES (?, ?, ?, ?)";
  static final String LAST_TO_REMOVE =
      """
      SELECT start FROM tidemark.piece WHERE document = ? AND operation = ?
      ORDER BY start OFFSET ? LIMIT 1""";
  static final String REMOVE =
      "DELETE FROM tidemark.piece WHERE document = ? AND operation = ? AND start <= ?";

  /** Pieces of 256 KiB that the driver holds at once. */
  private static final int FETCHED = 4;

  private final Session session;
  private final DocumentRow document;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public PieceTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
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
    byte[] key = Keys.operation(operation);
    long end = offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
    PreparedStatement statement = session.prepare(READ);
    statement.setFetchSize(FETCHED);
    statement.setLong(1, offset);
    statement.setLong(2, offset);
    statement.setLong(3, end);
    statement.setLong(4, offset);
    statement.setLong(5, document.number());
    statement.setBytes(6, key);
    statement.setLong(7, document.number());
    statement.setBytes(8, key);
    statement.setLong(9, offset);
    statement.setLong(10, end);
    byte[] range = new byte[length];
    int filled = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (filled < length && rows.next()) {
        byte[] piece = rows.getBytes(2);
        if (rows.getLong(1) != offset + filled || piece.length == 0) {
          return null;
        }
        int count = Math.min(piece.length, length - filled);
        System.arraycopy(piece, 0, range, filled, count);
        filled += count;
      }
    }
    return filled == length ? range : null;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#writePayload}. */
  public void write(OperationId operation, long offset, byte[] bytes) throws SQLException {
    new Query(session, WRITE)
        .number(document.number())
        .bytes(Keys.operation(operation))
        .number(offset)
        .bytes(bytes)
        .change();
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removePayload}. */
  public int remove(OperationId operation, int limit) throws SQLException {
    byte[] key = Keys.operation(operation);
    List<Long> last =
        new Query(session, LAST_TO_REMOVE)
            .number(document.number())
            .bytes(key)
            .limit(limit - 1)
            .read("piece", row -> row.getLong(1));
    return new Query(session, REMOVE)
        .number(document.number())
        .bytes(key)
        .number(last.isEmpty() ? Long.MAX_VALUE : last.get(0))
        .change();
  }
}

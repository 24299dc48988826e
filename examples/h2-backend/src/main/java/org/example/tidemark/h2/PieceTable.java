package org.example.tidemark.h2;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import java.sql.SQLException;
import java.util.List;

/** Payloads in pieces, which never overlap. */
record PieceTable(Rows rows) {
  byte[] read(OperationId operation, long offset, int length) {
    rows.state().ensurePositive(length);
    byte[] range = new byte[length];
    int filled = rows.work(session -> fill(session, Keys.of(operation), offset, range));
    if (filled < length) {
      throw rows.failure(ErrorCode.PAYLOAD_MISSING)
          .with(Detail.OPERATION, operation)
          .with(Detail.POSITION, "byte " + (offset + filled))
          .build();
    }
    return range;
  }

  /** The last piece that starts at or before a byte has it, or none does. */
  private int fill(Session session, byte[] operation, long offset, byte[] range)
      throws SQLException {
    List<Long> starts =
        session.list(
            """
            SELECT start_at FROM piece
            WHERE document = ? AND operation = ? AND start_at <= ?
            ORDER BY document DESC, operation DESC, start_at DESC LIMIT 1\
            """,
            row -> row.getLong(1),
            rows.key(),
            operation,
            offset);
    long end = offset > Long.MAX_VALUE - range.length ? Long.MAX_VALUE : offset + range.length;
    int[] filled = {0};
    session.list(
        """
        SELECT start_at, body FROM piece
        WHERE document = ? AND operation = ? AND start_at >= ? AND start_at < ?
        ORDER BY document, operation, start_at\
        """,
        row -> {
          long skipped = offset + filled[0] - row.getLong(1);
          byte[] piece = row.getBytes(2);
          if (skipped >= 0 && skipped < piece.length) {
            int count = Math.min(piece.length - (int) skipped, range.length - filled[0]);
            System.arraycopy(piece, (int) skipped, range, filled[0], count);
            filled[0] += count;
          }
          return true;
        },
        rows.key(),
        operation,
        starts.isEmpty() ? end : starts.get(0),
        end);
    return filled[0];
  }

  void write(OperationId operation, long offset, byte[] bytes) {
    rows.write(
        "INSERT INTO piece(document, operation, start_at, body) VALUES (?, ?, ?, ?)",
        List.of(bytes),
        row -> new Object[] {rows.key(), Keys.of(operation), offset, row});
  }

  int remove(OperationId operation, int limit) {
    return rows.removeSome(
        "DELETE FROM piece WHERE document = ? AND operation = ? LIMIT ?",
        limit,
        Keys.of(operation));
  }
}

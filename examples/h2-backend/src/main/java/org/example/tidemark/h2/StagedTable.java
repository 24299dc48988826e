package org.example.tidemark.h2;

import dev.tidemark.api.OperationId;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.support.RowCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operations whose payload is still incomplete. */
record StagedTable(Rows rows) {
  Map<OperationId, StagedPayload> find(Collection<OperationId> ids) {
    Map<OperationId, StagedPayload> found = new HashMap<>();
    rows.visit(
        "SELECT s.body" + Rows.KEYS + "JOIN staged s ON s.document = ? AND s.operation = w.k",
        Keys.list(ids, Keys::of),
        row -> {
          StagedPayload staged = RowCodec.STAGED.decode(row.getBytes(1));
          found.put(staged.operation().id(), staged);
        });
    return found;
  }

  List<StagedPayload> before(long touchedBefore, int limit) {
    return rows.page(
        "SELECT body FROM staged WHERE document = ? AND touched_at < ? LIMIT ?",
        row -> RowCodec.STAGED.decode(row.getBytes(1)),
        limit,
        touchedBefore);
  }

  void put(StagedPayload staged) {
    rows.write(
        """
        MERGE INTO staged(document, operation, touched_at, body) KEY(document, operation)
        VALUES (?, ?, ?, ?)\
        """,
        List.of(staged),
        row ->
            new Object[] {
              rows.key(),
              Keys.of(row.operation().id()),
              row.touchedAt(),
              RowCodec.STAGED.encode(row)
            });
  }

  void remove(OperationId operation) {
    rows.remove(
        "DELETE FROM staged WHERE document = ? AND operation = ?",
        List.of(operation),
        id -> new Object[] {rows.key(), Keys.of(id)});
  }
}

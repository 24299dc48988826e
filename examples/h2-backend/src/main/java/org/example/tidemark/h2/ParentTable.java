package org.example.tidemark.h2;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.RowVisitor;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parent index: which operations belong to which parents. */
record ParentTable(Rows rows) {
  // tutorial: scan
  void scan(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    String sql =
        """
        SELECT o.position, o.body FROM parent_operation i
          JOIN operation o ON o.document = i.document AND o.position = i.position
        WHERE i.document = ? AND i.place >= ? AND i.place <= ?
        ORDER BY i.document, i.place LIMIT ?\
        """;
    byte[] through = Keys.place(parent, new Position(Long.MAX_VALUE, Integer.MAX_VALUE));
    OperationTable.scan(
        rows, sql, from, position -> Keys.place(parent, position), through, visitor);
  }

  // tutorial: end

  List<ParentRow> after(@Nullable ParentRow after, int limit) {
    return rows.page(
        """
        SELECT place FROM parent_operation WHERE document = ? AND place > ?
        ORDER BY document, place LIMIT ?\
        """,
        row -> {
          byte[] place = row.getBytes(1);
          NodeId parent = NodeId.of(Arrays.copyOf(place, NodeId.BYTES));
          return new ParentRow(parent, Keys.position(place, NodeId.BYTES));
        },
        limit,
        after == null ? Keys.FIRST : Keys.place(after.parent(), after.position()));
  }

  void put(Collection<ParentRow> entries) {
    rows.write(
        """
        MERGE INTO parent_operation(document, place, position) KEY(document, place)
        VALUES (?, ?, ?)\
        """,
        entries,
        row ->
            new Object[] {
              rows.key(), Keys.place(row.parent(), row.position()), Keys.of(row.position())
            });
  }

  void remove(Collection<ParentRow> entries) {
    rows.remove(
        "DELETE FROM parent_operation WHERE document = ? AND place = ?",
        entries,
        row -> new Object[] {rows.key(), Keys.place(row.parent(), row.position())});
  }
}

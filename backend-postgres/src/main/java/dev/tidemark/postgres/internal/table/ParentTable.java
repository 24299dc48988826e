package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Position;
import dev.tidemark.postgres.internal.store.DamagedRowException;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.table.BulkInsert.Column;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.RowVisitor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parent index. */
public final class ParentTable {
  static final String SCAN =
      """
      SELECT place FROM tidemark.parent_operation
      WHERE document = ? AND parent = ? AND place >= ? ORDER BY place LIMIT ?""";
  static final String OTHER_PARENTS =
      """
      SELECT parent, place FROM tidemark.parent_operation
      WHERE document = ? AND parent > ? ORDER BY parent, place LIMIT ?""";
  static final Removal REMOVE = Removal.of("parent_operation", "parent", "place");

  private static final Column[] COLUMNS = {Column.bytes("parent"), Column.bytes("place")};
  private static final BulkInsert ADD = BulkInsert.adding("parent_operation", COLUMNS);
  private static final BulkInsert PUT = BulkInsert.keeping("parent_operation", COLUMNS);

  private final Session session;
  private final DocumentRow document;
  private final OperationTable operations;

  /** Bounds what is remembered, at some 10 MB. */
  private static final int MOST_OWN = 100_000;

  /** Rows of operations that this transaction has logged: nobody else can have put these. */
  private final Set<ParentRow> ofOwnOperations = new HashSet<>();

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   * @param operations the log in the same transaction
   */
  public ParentTable(Session session, DocumentRow document, OperationTable operations) {
    this.session = session;
    this.document = document;
    this.operations = operations;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#scanParent}: two statements a page. */
  public void scan(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor)
      throws SQLException {
    byte[] start = Keys.position(from);
    PageSize page = new PageSize(new ScanSize());
    List<Position> positions;
    do {
      int limit = page.rows();
      positions = positions(parent, start, limit);
      Map<Position, LoggedOperation> rows = operations.at(positions);
      for (Position position : positions) {
        LoggedOperation row = rows.get(position);
        if (row == null) {
          throw new DamagedRowException(
              "parent_operation", new IllegalStateException("no operation at " + position));
        }
        page.add(row);
        if (!visitor.visit(row)) {
          return;
        }
      }
      if (positions.size() < limit) {
        return;
      }
      start = Keys.behind(Keys.position(positions.get(positions.size() - 1)));
      page.next();
    } while (true);
  }

  private List<Position> positions(NodeId parent, byte[] start, int limit) throws SQLException {
    return new Query(session, SCAN)
        .number(document.number())
        .bytes(parent.toByteArray())
        .bytes(start)
        .limit(limit)
        .read("parent_operation", row -> Keys.position(row.getBytes(1)));
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#parentRowsAfter}. */
  public List<ParentRow> after(@Nullable ParentRow after, int limit) throws SQLException {
    List<ParentRow> found = new ArrayList<>();
    if (after != null) {
      byte[] start = Keys.behind(Keys.position(after.position()));
      for (Position position : positions(after.parent(), start, limit)) {
        found.add(new ParentRow(after.parent(), position));
      }
    }
    if (found.size() < limit) {
      found.addAll(
          new Query(session, OTHER_PARENTS)
              .number(document.number())
              .bytes(after == null ? Keys.ABSENT : after.parent().toByteArray())
              .limit(limit - found.size())
              .read(
                  "parent_operation",
                  row ->
                      new ParentRow(NodeId.of(row.getBytes(1)), Keys.position(row.getBytes(2)))));
    }
    return found;
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putParentRows}. */
  public void put(Collection<ParentRow> rows) throws SQLException {
    List<Object[]> added = new ArrayList<>();
    List<Object[]> others = new ArrayList<>();
    for (ParentRow row : rows) {
      boolean isNew =
          operations.isOwn(row.position())
              && ofOwnOperations.size() < MOST_OWN
              && ofOwnOperations.add(row);
      (isNew ? added : others)
          .add(new Object[] {row.parent().toByteArray(), Keys.position(row.position())});
    }
    ADD.insert(session, document.number(), added);
    PUT.insert(session, document.number(), others);
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#removeParentRows}. */
  public int remove(Collection<ParentRow> rows) throws SQLException {
    return REMOVE.remove(
        session,
        document,
        rows.stream()
            .map(row -> new byte[][] {row.parent().toByteArray(), Keys.position(row.position())})
            .toList());
  }
}

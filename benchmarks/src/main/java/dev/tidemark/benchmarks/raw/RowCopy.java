package dev.tidemark.benchmarks.raw;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes all rows of a finished store into an empty one that has the same tables and indexes, in as
 * many transactions as the library took. Rows that the library wrote several times are written
 * once. Only the writing is timed; the rows are in memory by then.
 */
public final class RowCopy {
  private RowCopy() {}

  /** The rows of one table, which come in slices. */
  private static final class Source implements AutoCloseable {
    private final RawTable table;
    private final long count;
    private final ResultSet rows;
    private long taken;

    Source(Connection connection, RawTable table) throws SQLException {
      this.table = table;
      try (ResultSet row =
          connection.createStatement().executeQuery("SELECT count(*) FROM " + table.name())) {
        row.next();
        count = row.getLong(1);
      }
      PreparedStatement statement = connection.prepareStatement(table.select());
      statement.setFetchSize(1_000);
      rows = statement.executeQuery();
    }

    List<Object[]> slice(int step, int steps) throws SQLException {
      List<Object[]> slice = new ArrayList<>();
      for (long end = count * (step + 1) / steps; taken < end && rows.next(); taken++) {
        Object[] values = new Object[table.columns().size()];
        for (int column = 0; column < values.length; column++) {
          values[column] = rows.getObject(column + 1);
        }
        slice.add(values);
      }
      return slice;
    }

    @Override
    public void close() throws SQLException {
      rows.getStatement().close();
    }
  }

  /**
   * Copies the rows.
   *
   * @param from the finished store
   * @param to the empty store
   * @param steps the number of transactions
   * @return the seconds that writing took
   * @throws SQLException if it fails
   */
  public static double seconds(RawStore from, RawStore to, int steps) throws SQLException {
    List<Source> sources = new ArrayList<>();
    List<PreparedStatement> inserts = new ArrayList<>();
    for (RawTable table : from.tables()) {
      sources.add(new Source(from.connection(), table));
      // Making a store may have left rows in it.
      to.execute("DELETE FROM " + table.name());
      inserts.add(to.connection().prepareStatement(table.insert()));
    }
    to.settle();
    long nanos = 0;
    for (int step = 0; step < steps; step++) {
      List<List<Object[]>> slices = new ArrayList<>();
      for (Source source : sources) {
        slices.add(source.slice(step, steps));
      }
      long start = System.nanoTime();
      to.begin();
      for (int i = 0; i < slices.size(); i++) {
        write(inserts.get(i), slices.get(i));
      }
      to.commit();
      nanos += System.nanoTime() - start;
    }
    for (Source source : sources) {
      source.close();
    }
    for (PreparedStatement insert : inserts) {
      insert.close();
    }
    return nanos / 1e9;
  }

  private static void write(PreparedStatement insert, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    for (Object[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        insert.setObject(column + 1, row[column]);
      }
      insert.addBatch();
    }
    insert.executeBatch();
  }
}

package dev.tidemark.benchmarks.raw;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Notes, by triggers, which rows the library writes in each transaction, so that a baseline can
 * write the same ones without it.
 */
public final class Recording implements AutoCloseable {
  private static final int MOST_COLUMNS = 20;

  private final RawStore store;
  private final List<RawTable> tables;
  private long seen;

  private Recording(RawStore store, List<RawTable> tables) {
    this.store = store;
    this.tables = tables;
  }

  /** What happened to a row. */
  enum Kind {
    /** It is new. */
    INSERTED,
    /** Its values changed. */
    UPDATED,
    /** It is gone. */
    DELETED
  }

  /**
   * One row that was written.
   *
   * @param table its table
   * @param kind what happened
   * @param values all columns, as they are then, or were before they were deleted
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(RawTable table, Kind kind, Object[] values) {}

  /**
   * Starts to note what is written to a store, by whatever connection.
   *
   * @param scratch the store, which is of no other use afterwards
   * @return the recording
   * @throws SQLException if it fails
   */
  public static Recording start(RawStore scratch) throws SQLException {
    List<RawTable> tables = scratch.tables();
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < MOST_COLUMNS; i++) {
      columns.append(", c").append(i);
    }
    scratch.execute("CREATE TABLE recorded(id INTEGER PRIMARY KEY, source, kind" + columns + ")");
    for (int number = 0; number < tables.size(); number++) {
      RawTable table = tables.get(number);
      trigger(scratch, table, number, Kind.INSERTED, "INSERT", "NEW");
      trigger(scratch, table, number, Kind.UPDATED, "UPDATE", "NEW");
      trigger(scratch, table, number, Kind.DELETED, "DELETE", "OLD");
    }
    return new Recording(scratch, tables);
  }

  private static void trigger(
      RawStore store, RawTable table, int number, Kind kind, String event, String row)
      throws SQLException {
    StringBuilder targets = new StringBuilder("source, kind");
    for (int i = 0; i < table.columns().size(); i++) {
      targets.append(", c").append(i);
    }
    String values =
        table.columns().stream()
            .map(column -> row + "." + column)
            .collect(Collectors.joining(", "));
    store.execute(
        String.format(
            Locale.ROOT,
            "CREATE TRIGGER recorded_%s_%s AFTER %s ON %s BEGIN"
                + " INSERT INTO recorded(%s) VALUES (%d, '%s', %s); END",
            table.name(),
            event,
            event,
            table.name(),
            targets,
            number,
            kind,
            values));
  }

  /**
   * Returns what was written since the last call.
   *
   * @return the rows, in the order in which they were written
   * @throws SQLException if it fails
   */
  List<Row> next() throws SQLException {
    List<Row> rows = new ArrayList<>();
    Connection connection = store.connection();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT * FROM recorded WHERE id > ? ORDER BY id")) {
      statement.setLong(1, seen);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          seen = found.getLong(1);
          RawTable table = tables.get(found.getInt(2));
          Object[] values = new Object[table.columns().size()];
          for (int i = 0; i < values.length; i++) {
            values[i] = found.getObject(4 + i);
          }
          rows.add(new Row(table, Kind.valueOf(found.getString(3)), values));
        }
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    store.close();
  }
}

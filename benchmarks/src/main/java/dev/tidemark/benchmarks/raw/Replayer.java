package dev.tidemark.benchmarks.raw;

import dev.tidemark.benchmarks.raw.Recording.Kind;
import dev.tidemark.benchmarks.raw.Recording.Row;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes recorded rows by plain JDBC, in transactions of the same extent. */
public final class Replayer implements AutoCloseable {
  private final RawStore store;
  private final List<List<Row>> transactions = new ArrayList<>();
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private int done;

  /**
   * Starts with nothing to write.
   *
   * @param store the store as it was before the recording
   */
  public Replayer(RawStore store) {
    this.store = store;
  }

  /**
   * Adds what was written since the recording was asked last, as one transaction.
   *
   * @param recording the recording
   * @throws SQLException if it fails
   */
  public void add(Recording recording) throws SQLException {
    transactions.add(recording.next());
  }

  /**
   * Writes the next transactions.
   *
   * @param count how many
   * @return the seconds that each took on average
   * @throws SQLException if it fails
   */
  public double seconds(int count) throws SQLException {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      store.execute("BEGIN IMMEDIATE");
      for (Row row : transactions.get(done++)) {
        write(row);
      }
      store.execute("COMMIT");
    }
    return (System.nanoTime() - start) / 1e9 / count;
  }

  private void write(Row row) throws SQLException {
    String sql = sql(row);
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = store.connection().prepareStatement(sql);
      statements.put(sql, statement);
    }
    int index = 1;
    for (String column : parameters(row)) {
      statement.setObject(index++, row.values()[row.table().columns().indexOf(column)]);
    }
    statement.executeUpdate();
  }

  private static List<String> parameters(Row row) {
    RawTable table = row.table();
    return switch (row.kind()) {
      case INSERTED -> table.columns();
      case UPDATED -> {
        List<String> columns = new ArrayList<>(table.values());
        columns.addAll(table.keys());
        yield columns;
      }
      case DELETED -> table.keys();
    };
  }

  private static String sql(Row row) {
    RawTable table = row.table();
    if (row.kind() == Kind.INSERTED) {
      // The trigger does not tell whether the library's statement replaced a row.
      return table.keys().isEmpty()
          ? table.insert()
          : table.insert().replace("INSERT INTO", "INSERT OR REPLACE INTO");
    }
    String key =
        table.keys().stream().map(column -> column + " = ?").collect(Collectors.joining(" AND "));
    if (row.kind() == Kind.DELETED) {
      return "DELETE FROM " + table.name() + " WHERE " + key;
    }
    String values =
        table.values().stream().map(column -> column + " = ?").collect(Collectors.joining(", "));
    return "UPDATE " + table.name() + " SET " + values + " WHERE " + key;
  }

  @Override
  public void close() throws SQLException {
    store.close();
  }
}

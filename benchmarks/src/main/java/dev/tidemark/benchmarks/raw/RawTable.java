package dev.tidemark.benchmarks.raw;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table as the database describes it, so that the baselines follow the library's schema.
 *
 * @param name its name
 * @param columns all columns
 * @param keys those of its primary key, in their order; empty without one
 */
public record RawTable(String name, List<String> columns, List<String> keys) {
  static List<RawTable> all(DatabaseMetaData database, @Nullable String schema)
      throws SQLException {
    List<RawTable> tables = new ArrayList<>();
    try (ResultSet rows = database.getTables(null, schema, "%", new String[] {"TABLE"})) {
      while (rows.next()) {
        String name = rows.getString("TABLE_NAME");
        tables.add(
            new RawTable(name, columns(database, schema, name), keys(database, schema, name)));
      }
    }
    return tables;
  }

  private static List<String> columns(
      DatabaseMetaData database, @Nullable String schema, String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet rows = database.getColumns(null, schema, table, "%")) {
      while (rows.next()) {
        columns.add(rows.getString("COLUMN_NAME"));
      }
    }
    return columns;
  }

  private static List<String> keys(DatabaseMetaData database, @Nullable String schema, String table)
      throws SQLException {
    SortedMap<Integer, String> keys = new TreeMap<>();
    try (ResultSet rows = database.getPrimaryKeys(null, schema, table)) {
      while (rows.next()) {
        keys.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
      }
    }
    return List.copyOf(keys.values());
  }

  /** Selects all rows in the order in which the library writes them where ids ascend. */
  String select() {
    return "SELECT " + String.join(", ", columns) + " FROM " + name + " ORDER BY " + order();
  }

  private String order() {
    return keys.isEmpty() ? "rowid" : String.join(", ", keys);
  }

  String insert() {
    return "INSERT INTO "
        + name
        + "("
        + String.join(", ", columns)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  /** The columns that are not of the key. */
  List<String> values() {
    return columns.stream().filter(column -> !keys.contains(column)).toList();
  }
}

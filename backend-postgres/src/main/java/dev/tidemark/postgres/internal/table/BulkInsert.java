package dev.tidemark.postgres.internal.table;

import dev.tidemark.postgres.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Inserts many rows of one table.
 *
 * <p>In PostgreSQL a block of rows is one statement with one array per column: its text and plan
 * are the same for any number of rows, and it has ten parameters. A portable block is {@code
 * VALUES} with a parameter per value, in few sizes so that few texts come about: engines that shard
 * must see the document of each row. (The driver's {@code reWriteBatchedInserts} makes the same out
 * of a batch, but an application's data source may not have it set.)
 */
final class BulkInsert {
  /** The first column of every table; the same for all rows. */
  private static final String DOCUMENT = "document";

  /** Bounds the arrays of one statement, on both sides of the connection. */
  private static final int MOST_ROWS = 4_096;

  private static final int MOST_BYTES = 4 << 20;

  /** Ten columns of them stay far below the protocol's 65,535 parameters, and texts short. */
  private static final int MOST_VALUES_ROWS = 128;

  /** A column after the document. */
  record Column(String name, String type) {
    static Column bytes(String name) {
      return new Column(name, "bytea");
    }

    static Column number(String name) {
      return new Column(name, "int8");
    }

    static Column small(String name) {
      return new Column(name, "int2");
    }
  }

  private final List<Column> columns;
  private final String head;
  private final String conflict;
  private final String arrays;
  private final Map<Integer, String> values = new ConcurrentHashMap<>();

  private BulkInsert(String table, List<Column> columns, String conflict) {
    this.columns = columns;
    this.conflict = conflict.isEmpty() ? "" : "\n" + conflict;
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    this.head = "INSERT INTO tidemark." + table + " (" + DOCUMENT + ", " + names + ")\n";
    this.arrays =
        head
            + "SELECT CAST(? AS bigint), r.* FROM unnest("
            + columns.stream()
                .map(column -> "CAST(? AS " + column.type() + "[])")
                .collect(Collectors.joining(", "))
            + ") r"
            + this.conflict;
  }

  /** Makes the statement for rows that are new. */
  static BulkInsert adding(String table, Column... columns) {
    return new BulkInsert(table, List.of(columns), "");
  }

  /** Makes the statement for rows that are left as they are where they are. */
  static BulkInsert keeping(String table, Column... key) {
    String conflict = "ON CONFLICT (" + keyNames(List.of(key)) + ") DO NOTHING";
    return new BulkInsert(table, List.of(key), conflict);
  }

  /** Makes the statement for rows that are new or replace others of their key. */
  static BulkInsert replacing(String table, int keys, Column... columns) {
    List<Column> all = List.of(columns);
    String conflict =
        "ON CONFLICT ("
            + keyNames(all.subList(0, keys))
            + ") DO UPDATE SET "
            + all.subList(keys, all.size()).stream()
                .map(column -> column.name() + " = excluded." + column.name())
                .collect(Collectors.joining(", "));
    return new BulkInsert(table, all, conflict);
  }

  private static String keyNames(List<Column> key) {
    return DOCUMENT
        + key.stream().map(column -> ", " + column.name()).collect(Collectors.joining());
  }

  /** Inserts the rows, which have a value per column. */
  void insert(Session session, long document, List<Object[]> rows) throws SQLException {
    for (int from = 0; from < rows.size(); ) {
      boolean isArrays = session.isNative();
      int count = isArrays ? arraysCount(rows, from) : valuesCount(rows.size() - from);
      List<Object[]> block = rows.subList(from, from + count);
      if (isArrays) {
        insertArrays(session, document, block);
      } else {
        insertValues(session, document, block);
      }
      from += count;
    }
  }

  private static int arraysCount(List<Object[]> rows, int from) {
    long bytes = 0;
    int count = 0;
    while (from + count < rows.size() && count < MOST_ROWS && bytes < MOST_BYTES) {
      for (Object value : rows.get(from + count)) {
        bytes += value instanceof byte[] array ? array.length : Long.BYTES;
      }
      count++;
    }
    return count;
  }

  private static int valuesCount(int rest) {
    return Math.min(MOST_VALUES_ROWS, Integer.highestOneBit(rest));
  }

  private void insertArrays(Session session, long document, List<Object[]> rows)
      throws SQLException {
    PreparedStatement statement = session.prepare(arrays);
    statement.setLong(1, document);
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      String type = columns.get(i).type();
      if (type.equals("bytea")) {
        byte[][] bytes = rows.stream().map(row -> (byte[]) row[column]).toArray(byte[][]::new);
        statement.setArray(i + 2, session.bytes(bytes));
      } else {
        Long[] numbers =
            rows.stream().map(row -> ((Number) row[column]).longValue()).toArray(Long[]::new);
        statement.setArray(i + 2, session.array(type, narrow(type, numbers)));
      }
    }
    statement.executeUpdate();
  }

  private static Object[] narrow(String type, Long[] numbers) {
    return type.equals("int2")
        ? Arrays.stream(numbers).map(Long::shortValue).toArray(Short[]::new)
        : numbers;
  }

  private void insertValues(Session session, long document, List<Object[]> rows)
      throws SQLException {
    PreparedStatement statement =
        session.prepare(values.computeIfAbsent(rows.size(), this::valuesText));
    int parameter = 1;
    for (Object[] row : rows) {
      statement.setLong(parameter++, document);
      for (int i = 0; i < row.length; i++) {
        if (row[i] instanceof byte[] bytes) {
          statement.setBytes(parameter++, bytes);
        } else if (columns.get(i).type().equals("int2")) {
          statement.setShort(parameter++, ((Number) row[i]).shortValue());
        } else {
          statement.setLong(parameter++, ((Number) row[i]).longValue());
        }
      }
    }
    statement.executeUpdate();
  }

  private String valuesText(int rows) {
    String row = "(?" + ", ?".repeat(columns.size()) + ")";
    return head + "VALUES " + row + (", " + row).repeat(rows - 1) + conflict;
  }
}

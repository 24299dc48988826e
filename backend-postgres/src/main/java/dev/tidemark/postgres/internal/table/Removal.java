package dev.tidemark.postgres.internal.table;

import dev.tidemark.postgres.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Removes the rows of many keys.
 *
 * <p>In PostgreSQL by one statement that joins the keys, the document among them: without a
 * constant to begin from, the planner can but seek each key (see {@link Lookup} for what it would
 * do with one). Elsewhere by a batch of statements, one per row.
 */
final class Removal {
  private final String seeking;
  private final String portable;

  private Removal(String table, List<String> keys) {
    String names = String.join(", ", keys);
    seeking =
        "DELETE FROM tidemark."
            + table
            + " t USING unnest(CAST(? AS bigint[])"
            + ", CAST(? AS bytea[])".repeat(keys.size())
            + ") AS w(document, "
            + names
            + ") WHERE t.document = w.document"
            + keys.stream()
                .map(key -> " AND t." + key + " = w." + key)
                .collect(Collectors.joining());
    portable =
        "DELETE FROM tidemark."
            + table
            + " WHERE document = ?"
            + keys.stream().map(key -> " AND " + key + " = ?").collect(Collectors.joining());
  }

  static Removal of(String table, String... keys) {
    return new Removal(table, List.of(keys));
  }

  /** Removes the rows with these keys, each of which has one part per column. */
  int remove(Session session, DocumentRow document, List<byte[][]> keys) throws SQLException {
    if (keys.isEmpty()) {
      return 0;
    }
    return session.isNative()
        ? removeAtOnce(session, document, keys)
        : removeEach(session, document, keys);
  }

  private int removeAtOnce(Session session, DocumentRow document, List<byte[][]> keys)
      throws SQLException {
    PreparedStatement statement = session.prepare(seeking);
    Long[] documents = Collections.nCopies(keys.size(), document.number()).toArray(Long[]::new);
    statement.setArray(1, session.array("int8", documents));
    for (int part = 0; part < keys.get(0).length; part++) {
      int column = part;
      byte[][] values = keys.stream().map(key -> key[column]).toArray(byte[][]::new);
      statement.setArray(part + 2, session.bytes(values));
    }
    return statement.executeUpdate();
  }

  private int removeEach(Session session, DocumentRow document, List<byte[][]> keys)
      throws SQLException {
    PreparedStatement statement = session.prepare(portable);
    for (byte[][] key : keys) {
      statement.setLong(1, document.number());
      for (int part = 0; part < key.length; part++) {
        statement.setBytes(part + 2, key[part]);
      }
      statement.addBatch();
    }
    return IntStream.of(statement.executeBatch()).sum();
  }

  /** Returns the statement for PostgreSQL, whose plan a test looks at. */
  String seeking() {
    return seeking;
  }
}

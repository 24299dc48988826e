package dev.tidemark.sqlite.internal.table;

import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The numbers that one document's rows use in the place of longer values. A number is given in the
 * transaction that first needs it, and means the same for ever.
 *
 * @param <T> the values
 */
final class Dictionary<T> {
  /** Beyond this a transaction forgets what it looked up, so that its memory is bounded. */
  private static final int REMEMBERED = 50_000;

  private final Session session;
  private final DocumentRow document;
  private final Function<T, byte[]> bytes;
  private final String find;
  private final String last;
  private final String insert;
  private final Map<T, Long> numbers = new HashMap<>();

  Dictionary(Session session, DocumentRow document, String table, Function<T, byte[]> bytes) {
    this.session = session;
    this.document = document;
    this.bytes = bytes;
    this.find =
        "SELECT w.key, d.number FROM json_each(?2) w CROSS JOIN "
            + table
            + " d ON d.document = ?1 AND d.bytes = unhex(w.value)";
    this.last = "SELECT max(number) FROM " + table + " WHERE document = ?1";
    this.insert = "INSERT INTO " + table + "(document, number, bytes) VALUES (?1, ?2, ?3)";
  }

  /** Makes sure that all these values have a number: at most three statements. */
  void intern(Collection<T> values) throws SQLException {
    Set<T> missing = lookUpMissing(values);
    if (!missing.isEmpty()) {
      add(missing);
    }
  }

  /** Returns the numbers of those of these values that have one: at most one statement. */
  Map<T, Long> find(Collection<T> values) throws SQLException {
    Set<T> missing = lookUpMissing(values);
    Map<T, Long> found = new HashMap<>();
    for (T value : values) {
      if (!missing.contains(value)) {
        found.put(value, number(value));
      }
    }
    return found;
  }

  private Set<T> lookUpMissing(Collection<T> values) throws SQLException {
    if (numbers.size() > REMEMBERED) {
      numbers.clear();
    }
    Set<T> missing = new LinkedHashSet<>(values);
    missing.removeAll(numbers.keySet());
    if (!missing.isEmpty()) {
      lookUp(new ArrayList<>(missing));
      missing.removeAll(numbers.keySet());
    }
    return missing;
  }

  private void lookUp(List<T> values) throws SQLException {
    PreparedStatement statement = session.prepare(find);
    statement.setLong(1, document.number());
    statement.setString(2, KeyLists.bytes(values.stream().map(bytes).toList()));
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        numbers.put(values.get(rows.getInt(1)), rows.getLong(2));
      }
    }
  }

  private void add(Set<T> values) throws SQLException {
    long next = next();
    PreparedStatement statement = session.prepare(insert);
    for (T value : values) {
      statement.setLong(1, document.number());
      statement.setLong(2, next);
      statement.setBytes(3, bytes.apply(value));
      statement.addBatch();
      numbers.put(value, next);
      next++;
    }
    statement.executeBatch();
  }

  private long next() throws SQLException {
    PreparedStatement statement = session.prepare(last);
    statement.setLong(1, document.number());
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      long number = row.getLong(1);
      return row.wasNull() ? 0 : number + 1;
    }
  }

  /** Returns the number of a value that was interned or found just before. */
  long number(T value) {
    Long number = numbers.get(value);
    if (number == null) {
      throw new IllegalStateException("not interned: " + value);
    }
    return number;
  }
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.sqlite.internal.store.DamagedRowException;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers in one document's rows stand for. A scan of the log asks here instead of joining
 * the dictionary to each row, as most rows name what those before them did.
 *
 * <p>Numbers are given in the order in which the log first needs them. So those behind one are read
 * along: a statement costs as much as a dozen of its rows. Where one reading follows the other they
 * are twice as many each time; in a log that goes another way they stay few.
 *
 * @param <T> the values
 */
final class NumberedValues<T> {
  private static final int FEWEST_AT_ONCE = 8;
  private static final int MOST_AT_ONCE = 128;

  /** Beyond this a transaction forgets what it looked up, so that its memory is bounded. */
  private static final int REMEMBERED = 20_000;

  private static final long NONE = -1;

  private final Session session;
  private final DocumentRow document;
  private final String text;
  private final Function<byte[], T> decode;
  private final Map<Long, T> known = new HashMap<>();
  private long following = NONE;
  private int count = FEWEST_AT_ONCE;

  NumberedValues(Session session, DocumentRow document, String text, Function<byte[], T> decode) {
    this.session = session;
    this.document = document;
    this.text = text;
    this.decode = decode;
  }

  /** Returns the statement that reads some values of a table, from a number on. */
  static String text(String table) {
    return "SELECT d.number, d.bytes FROM "
        + table
        + " d WHERE d.document = ?1 AND d.number >= ?2 ORDER BY d.number LIMIT ?3";
  }

  /** Returns a value. */
  T get(long number) throws SQLException {
    T value = known.get(number);
    if (value == null) {
      lookUp(number);
      value = known.get(number);
      if (value == null) {
        throw new DamagedRowException("nothing has the number " + number);
      }
    }
    return value;
  }

  /** Returns a value that was met before, or null. */
  @Nullable T known(long number) {
    return known.get(number);
  }

  /** Remembers a value that was read elsewhere. */
  void put(long number, T value) {
    known.put(number, value);
  }

  private void lookUp(long number) throws SQLException {
    if (known.size() > REMEMBERED) {
      known.clear();
    }
    count = number == following ? Math.min(2 * count, MOST_AT_ONCE) : FEWEST_AT_ONCE;
    following = number + count;
    PreparedStatement statement = session.prepare(text);
    statement.setLong(1, document.number());
    statement.setLong(2, number);
    statement.setInt(3, count);
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        byte[] bytes = rows.getBytes(2);
        known.put(rows.getLong(1), Decoding.of("dictionary", () -> decode.apply(bytes)));
      }
    }
  }
}

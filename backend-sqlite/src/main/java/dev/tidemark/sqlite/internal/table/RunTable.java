package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import dev.tidemark.sqlite.internal.store.DamagedRowException;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which number the operation at a position has. */
public final class RunTable {
  /** Beyond this a transaction forgets the runs that it looked up. */
  private static final int REMEMBERED = 50_000;

  /**
   * The number of the first operation at or after position (?3, ?4): one seek. No other operation
   * of the document has a number between those of two neighbours.
   */
  static final String NUMBER_FROM =
      """
      coalesce((SELECT v.number + iif(v.version = ?3, min(?4 - v.sequence, v.count), v.count)
          FROM run v WHERE v.document = ?1 AND (v.version, v.sequence) <= (?3, ?4)
          ORDER BY v.version DESC, v.sequence DESC LIMIT 1), 0)""";

  private static final String LAST_NUMBER = "SELECT max(o.number) FROM operation o";

  /** The last run of the document, and the last number of the file. */
  static final String LAST =
      """
      SELECT v.version, v.sequence, v.number, v.count, (SELECT max(o.number) FROM operation o)
      FROM run v WHERE v.document = ?1 ORDER BY v.version DESC, v.sequence DESC LIMIT 1""";

  static final String OF_VERSIONS =
      """
      SELECT v.version, v.sequence, v.number, v.count FROM json_each(?2) w
        CROSS JOIN run v ON v.document = ?1 AND v.version = w.value""";
  private static final String PUT =
      """
      INSERT OR REPLACE INTO run(document, version, sequence, number, count)
      VALUES (?1, ?2, ?3, ?4, ?5)""";

  private final Session session;
  private final DocumentRow document;
  private final TreeMap<Position, Run> known = new TreeMap<>();

  /** The document's last run, once this transaction has appended; then it is among the known. */
  private @Nullable Run last;

  private long nextNumber;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public RunTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /**
   * Gives numbers to operations that are to be appended: those behind the last one of the file,
   * which nobody else can give as long as this transaction writes. Returns the first; the others
   * follow.
   */
  long append(List<LoggedOperation> rows) throws SQLException {
    if (nextNumber == 0) {
      readLast();
    }
    long first = nextNumber;
    List<Run> changed = new ArrayList<>();
    Run current = last;
    for (LoggedOperation row : rows) {
      Run next = next(current, row.position());
      if (current != null && !next.first().equals(current.first())) {
        changed.add(current);
      }
      current = next;
      nextNumber++;
    }
    if (current != null) {
      changed.add(current);
    }
    last = current;
    put(changed);
    return first;
  }

  private Run next(@Nullable Run current, Position position) throws SQLException {
    if (current == null) {
      return new Run(position, nextNumber, 1);
    }
    if (!current.isBefore(position)) {
      // Every other table could take it, but then numbers would not be in the order of positions.
      throw new DamagedRowException(
          "an operation to be logged at " + position + " comes before one that is in the log");
    }
    boolean continues = current.isFollowedBy(position) && current.end() == nextNumber;
    return continues ? current.longer() : new Run(position, nextNumber, 1);
  }

  private void put(List<Run> runs) throws SQLException {
    PreparedStatement statement = session.prepare(PUT);
    statement.clearBatch();
    for (Run run : runs) {
      statement.setLong(1, document.number());
      statement.setLong(2, run.first().version());
      statement.setInt(3, run.first().sequence());
      statement.setLong(4, run.number());
      statement.setInt(5, run.count());
      statement.addBatch();
      known.put(run.first(), run);
    }
    statement.executeBatch();
  }

  /** Returns the numbers of those positions at which an operation stands: one statement. */
  Map<Position, Long> find(Collection<Position> positions) throws SQLException {
    if (known.size() > REMEMBERED) {
      known.clear();
    }
    Set<Long> versions = new TreeSet<>();
    for (Position position : positions) {
      if (knownRun(position) == null) {
        versions.add(position.version());
      }
    }
    if (!versions.isEmpty()) {
      lookUp(versions);
    }
    Map<Position, Long> numbers = new HashMap<>();
    for (Position position : positions) {
      Run run = knownRun(position);
      if (run != null) {
        numbers.put(position, run.number(position));
      }
    }
    return numbers;
  }

  private @Nullable Run knownRun(Position position) {
    Map.Entry<Position, Run> run = known.floorEntry(position);
    return run != null && run.getValue().contains(position) ? run.getValue() : null;
  }

  private void lookUp(Set<Long> versions) throws SQLException {
    PreparedStatement statement = session.prepare(OF_VERSIONS);
    statement.setLong(1, document.number());
    statement.setString(
        2, versions.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        Run run = Decoding.of("run", () -> decode(rows));
        known.put(run.first(), run);
      }
    }
  }

  private void readLast() throws SQLException {
    PreparedStatement statement = session.prepare(LAST);
    statement.setLong(1, document.number());
    try (ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        nextNumber = row.getLong(5) + 1;
        Run stored = Decoding.of("run", () -> decode(row));
        if (stored.end() > nextNumber) {
          // Their numbers would be given to other operations.
          throw new DamagedRowException("the log has lost its last operations");
        }
        last = stored;
        return;
      }
    }
    nextNumber = session.number(LAST_NUMBER) + 1;
  }

  private static Run decode(ResultSet row) throws SQLException {
    return new Run(new Position(row.getLong(1), row.getInt(2)), row.getLong(3), row.getInt(4));
  }
}

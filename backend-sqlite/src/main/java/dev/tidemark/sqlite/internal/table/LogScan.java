package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.support.OperationKind;
import dev.tidemark.sqlite.internal.store.DamagedRowException;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the rows of a scan of the log, and looks whether the scan meets every operation of its
 * runs. Without this, a row that is lost would be passed over, and a tree made from the others
 * would be taken for whole.
 *
 * <p>Each column that is taken from SQLite costs about as much as its comparison with the next row
 * would, so those of the run are taken once per run, and names are looked up by number.
 */
final class LogScan {
  /**
   * Starts with the run in which the first position stands, or that follows it. The row values are
   * what lets SQLite seek to it. The rows of a run are a range of numbers, so that all of a scan is
   * one statement, however many versions it meets. A run of which no row is left appears all the
   * same.
   *
   * <p>The first column is the operation's number; less than 1 where it does not belong to the run,
   * and 0 where there is none.
   */
  static final String TEXT =
      """
      SELECT iif(o.document = ?1 AND o.version = v.version, o.number, ifnull(-o.number, 0)),
        o.kind, o.replica, o.counter, o.lead, o.node, o.parent, o.order_key, o.body,
        v.version, v.sequence, v.number, v.count
      FROM run v
        LEFT JOIN operation o
          ON o.number >= v.number + max(0, (v.version = ?2) * (?3 - v.sequence))
            AND o.number < v.number + v.count
      WHERE v.document = ?1
        AND (v.version, v.sequence) >= (?2, coalesce((
          SELECT max(f.sequence) FROM run f
          WHERE f.document = ?1 AND f.version = ?2 AND f.sequence <= ?3), 0))
        AND v.version <= ?4
      ORDER BY v.version, v.sequence, o.number""";

  private final Session session;
  private final Dictionaries dictionaries;
  private final Position from;

  /** The run at hand, and the number that its next row must have. */
  private @Nullable Run run;

  private long next;
  private long end;

  LogScan(Session session, Dictionaries dictionaries, Position from) {
    this.session = session;
    this.dictionaries = dictionaries;
    this.from = from;
  }

  /** Returns the operation of the next row; null where none of a run is left or asked for. */
  @Nullable LoggedOperation operation(ResultSet row) throws SQLException {
    long number = row.getLong(1);
    Run current = run;
    if (current == null || next == end || number != next) {
      current = beginRun(row);
      if (number == 0) {
        return null;
      }
      if (number != next) {
        throw lost();
      }
    }
    next++;
    Position first = current.first();
    int sequence = (int) (first.sequence() + number - current.number());
    Position position = new Position(first.version(), sequence);
    Operation operation = Decoding.of("operation", () -> decode(row));
    return new LoggedOperation(position, operation);
  }

  private Run beginRun(ResultSet row) throws SQLException {
    Run begun = Decoding.of("run", () -> decodeRun(row));
    if (begun.equals(run)) {
      throw lost();
    }
    end();
    int skipped =
        begun.first().version() == from.version() ? from.sequence() - begun.first().sequence() : 0;
    run = begun;
    next = begun.number() + Math.max(0, skipped);
    end = begun.end();
    return begun;
  }

  private static Run decodeRun(ResultSet row) throws SQLException {
    Position first = new Position(row.getLong(10), row.getInt(11));
    return new Run(first, row.getLong(12), row.getInt(13));
  }

  private Operation decode(ResultSet row) throws SQLException {
    OperationKind kind = OperationKind.of(row.getInt(2));
    ReplicaId replica = dictionaries.replica(row.getLong(3));
    long counter = row.getLong(4);
    long lamport = counter + row.getLong(5);
    NodeId node = NodeId.of(row.getBytes(6));
    byte[] orderKey = row.getBytes(8);
    NodeId parent = orderKey == null ? null : dictionaries.parent(row.getLong(7));
    OperationId id = new OperationId(replica, counter);
    return kind.operationUnder(id, lamport, node, parent, orderKey, row.getBytes(9));
  }

  /** Follows the last row. */
  void end() throws SQLException {
    if (next < end) {
      throw lost();
    }
  }

  private SQLException lost() throws SQLException {
    session.verifySnapshot();
    return new DamagedRowException("the log has lost its operation of number " + next);
  }
}

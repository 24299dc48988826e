package org.example.tidemark.h2;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.support.DamagedBytesException;
import dev.tidemark.spi.support.TransactionState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rows of one document in one transaction: what its tables have in common. */
final class Rows {
  // tutorial: visit
  /** What every bulk call begins with: its keys, one row each. */
  static final String KEYS = " FROM UNNEST(CAST(? AS VARBINARY ARRAY)) w(k) ";

  // tutorial: end

  private final H2Backend backend;
  private final DocumentId document;
  private final byte[] key;
  private final Session session;
  private final TransactionState state;
  private boolean exists;

  // tutorial: snapshot
  /** Begins. A snapshot is taken by the first statement, so there is one here. */
  Rows(H2Backend backend, DocumentId document, Session session) throws SQLException {
    this.backend = backend;
    this.document = document;
    this.key = Keys.of(document);
    this.session = session;
    this.state = new TransactionState(backend::ensureOpen, backend::failure);
    this.exists = !session.list("SELECT 1 FROM document WHERE document = ?", r -> 1, key).isEmpty();
  }

  // tutorial: end

  DocumentId document() {
    return document;
  }

  /** The document as a parameter. */
  byte[] key() {
    return key;
  }

  Session session() {
    return session;
  }

  TransactionState state() {
    return state;
  }

  TidemarkException.Builder failure(ErrorCode code) {
    return backend.failure(code);
  }

  /** What a method does. */
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  // tutorial: work
  /** Every method passes here: whether it may run, and what its failure means. */
  <T> T work(Work<T> work) {
    state.ensureOpen();
    try {
      return work.run(session);
    } catch (SQLException e) {
      throw state.failed(backend.translate(e));
    } catch (DamagedBytesException e) {
      throw state.failed(backend.damaged(e));
    }
  }

  // tutorial: end

  /** Reads the one row that a key has, or none. */
  <T> Optional<T> one(String sql, Session.RowReader<T> reader, Object... parameters) {
    return work(opened -> opened.list(sql, reader, parameters)).stream().findFirst();
  }

  /** Reads a page; the parameters are the document, the bounds and the limit. */
  <T> List<T> page(String sql, Session.RowReader<T> reader, int limit, Object... bounds) {
    state.ensurePositive(limit);
    List<Object> parameters = new ArrayList<>();
    parameters.add(key);
    parameters.addAll(List.of(bounds));
    parameters.add(limit);
    return work(opened -> opened.list(sql, reader, parameters.toArray()));
  }

  // tutorial: visit
  /** Receives a row. */
  interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  /** Runs a statement whose parameters are keys and the document. */
  void visit(String sql, byte[][] keys, RowConsumer consumer) {
    work(
        opened ->
            keys.length == 0
                ? List.of()
                : opened.list(
                    sql,
                    row -> {
                      consumer.accept(row);
                      return true;
                    },
                    keys,
                    key));
  }

  // tutorial: end

  // tutorial: last
  /** Runs a subquery per range, which makes one array of what it finds. */
  <T> Map<HistoryRange, List<T>> histories(
      String subquery, Collection<HistoryRange> ranges, int limit, Function<byte[], T> reader) {
    state.ensurePositive(limit);
    List<HistoryRange> asked = List.copyOf(ranges);
    Map<HistoryRange, List<T>> found = new HashMap<>();
    work(
        opened ->
            opened.list(
                "SELECT w.number, ARRAY("
                    + subquery
                    + """
                    ) FROM UNNEST(
                      CAST(? AS VARBINARY ARRAY), CAST(? AS VARBINARY ARRAY),
                      CAST(? AS VARBINARY ARRAY)) WITH ORDINALITY w(node, after, before, number)\
                    """,
                row -> {
                  List<T> read = new ArrayList<>();
                  for (Object each : (Object[]) row.getArray(2).getArray()) {
                    read.add(reader.apply((byte[]) each));
                  }
                  return read.isEmpty() || found.put(asked.get(row.getInt(1) - 1), read) == null;
                },
                key,
                limit,
                Keys.list(asked, range -> range.node().toByteArray()),
                Keys.list(asked, range -> Keys.orElse(range.after(), Keys.FIRST)),
                Keys.list(asked, range -> Keys.orElse(range.before(), Keys.BEYOND))));
    return found;
  }

  // tutorial: end

  // tutorial: write
  /** Writes rows with one statement; the first row of all makes the document. */
  <T> void write(String sql, Collection<T> rows, Function<T, Object[]> parameters) {
    work(
        opened -> {
          if (!exists && !rows.isEmpty()) {
            opened.update("INSERT INTO document(document) VALUES (?)", key);
            exists = true;
          }
          opened.batch(sql, rows.stream().map(parameters).toList());
          return true;
        });
  }

  // tutorial: end

  /** Removes rows with one statement. */
  <T> void remove(String sql, Collection<T> rows, Function<T, Object[]> parameters) {
    work(
        opened -> {
          opened.batch(sql, rows.stream().map(parameters).toList());
          return true;
        });
  }

  /** Removes at most so many rows; the parameters are the document, the key and the limit. */
  int removeSome(String sql, int limit, Object... keys) {
    state.ensurePositive(limit);
    List<Object> parameters = new ArrayList<>();
    parameters.add(key);
    parameters.addAll(List.of(keys));
    parameters.add(limit);
    return work(opened -> opened.update(sql, parameters.toArray()));
  }
}

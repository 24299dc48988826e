package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Position;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document's number and state, read when the transaction begins: this first read is what fixes
 * the snapshot in SQLite.
 */
public final class DocumentRow {
  /** The number of a document that does not exist. No row has it, so such a one reads as empty. */
  private static final long ABSENT = 0;

  private static final String FIND =
      """
      SELECT number, version, operations, head, inner_head, materialized_version,
        materialized_sequence, pending, frontier
      FROM document WHERE name = ?1""";
  private static final String INSERT =
      """
      INSERT INTO document(name, version, operations, materialized_version, materialized_sequence,
        pending)
      VALUES (?1, 0, 0, 0, 0, 0)""";
  private static final String UPDATE =
      """
      UPDATE document SET version = ?2, operations = ?3, head = ?4, inner_head = ?5,
        materialized_version = ?6, materialized_sequence = ?7, pending = ?8, frontier = ?9
      WHERE number = ?1""";
  private static final String LIST =
      "SELECT name FROM document WHERE name > ?1 ORDER BY name LIMIT ?2";

  private final Session session;
  private final DocumentId id;
  private long number = ABSENT;
  private DocumentState state = DocumentState.EMPTY;

  private DocumentRow(Session session, DocumentId id) {
    this.session = session;
    this.id = id;
  }

  /**
   * Reads the row.
   *
   * @param session a session in a transaction
   * @param id the document, which need not exist
   * @return the row
   * @throws SQLException if it fails
   */
  public static DocumentRow read(Session session, DocumentId id) throws SQLException {
    DocumentRow document = new DocumentRow(session, id);
    document.read();
    return document;
  }

  /**
   * Lists documents.
   *
   * @param session a session
   * @param after the name to start after, or null
   * @param limit the most to return
   * @return the names, in the order of their UTF-8 bytes, as SQLite compares texts
   * @throws SQLException if it fails
   */
  public static List<DocumentId> list(Session session, @Nullable DocumentId after, int limit)
      throws SQLException {
    PreparedStatement statement = session.prepare(LIST);
    statement.setString(1, after == null ? "" : after.value());
    statement.setInt(2, limit);
    List<DocumentId> documents = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        documents.add(Decoding.of("document", () -> DocumentId.of(rows.getString(1))));
      }
    }
    return documents;
  }

  private void read() throws SQLException {
    PreparedStatement statement = session.prepare(FIND);
    statement.setString(1, id.value());
    try (ResultSet row = statement.executeQuery()) {
      if (row.next()) {
        number = row.getLong(1);
        state = Decoding.of("document", () -> state(row));
      }
    }
  }

  private static DocumentState state(ResultSet row) throws SQLException {
    return new DocumentState(
        row.getLong(2),
        row.getLong(3),
        Keys.decode(row.getBytes(4)),
        Keys.decode(row.getBytes(5)),
        new Position(row.getLong(6), row.getInt(7)),
        row.getLong(8),
        Keys.decode(row.getBytes(9)));
  }

  /** Returns the number that the document's rows have. */
  long number() {
    return number;
  }

  /**
   * Makes sure that the document exists.
   *
   * @throws SQLException if it fails
   */
  public void create() throws SQLException {
    if (number == ABSENT) {
      PreparedStatement statement = session.prepare(INSERT);
      statement.setString(1, id.value());
      statement.executeUpdate();
      read();
    }
  }

  /**
   * Returns the document.
   *
   * @return its name
   */
  public DocumentId id() {
    return id;
  }

  /**
   * Returns the state.
   *
   * @return as it was read, or last written by this transaction
   */
  public DocumentState state() {
    return state;
  }

  /**
   * Replaces the state.
   *
   * @param replacement the new state
   * @throws SQLException if it fails
   */
  public void putState(DocumentState replacement) throws SQLException {
    PreparedStatement statement = session.prepare(UPDATE);
    statement.setLong(1, number);
    statement.setLong(2, replacement.version());
    statement.setLong(3, replacement.operations());
    statement.setBytes(4, Keys.encode(replacement.head()));
    statement.setBytes(5, Keys.encode(replacement.innerHead()));
    statement.setLong(6, replacement.materialized().version());
    statement.setInt(7, replacement.materialized().sequence());
    statement.setLong(8, replacement.pending());
    statement.setBytes(9, Keys.encode(replacement.frontier()));
    statement.executeUpdate();
    state = replacement;
  }
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.DocumentId;
import dev.tidemark.postgres.internal.store.NumberTakenException;
import dev.tidemark.postgres.internal.store.Session;
import dev.tidemark.postgres.internal.store.SqlFailures;
import dev.tidemark.spi.DocumentState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One document's number and state, read when the transaction begins: this first read is what fixes
 * the snapshot of a reader, and what makes a writer wait for its turn.
 */
public final class DocumentRow {
  static final String READ =
      """
      SELECT name, version, operations, pending, materialized, head, inner_head, frontier,
        revision
      FROM tidemark.document WHERE document = ?""";
  static final String LOCK = READ + " FOR UPDATE";
  private static final String CREATE =
      """
      INSERT INTO tidemark.document (document, name, version, operations, pending, materialized,
        head, inner_head, frontier, revision)
      VALUES (?, ?, 0, 0, 0, ?, ?, ?, ?, 0)
      ON CONFLICT (document) DO NOTHING""";
  static final String UPDATE =
      """
      UPDATE tidemark.document SET version = ?, operations = ?, pending = ?, materialized = ?,
        head = ?, inner_head = ?, frontier = ?, revision = ?
      WHERE document = ? AND revision = ?""";
  private static final String REVISION =
      "SELECT revision FROM tidemark.document WHERE document = ?";

  /** The only statement that is not about one document. */
  static final String LIST =
      "SELECT name FROM tidemark.document WHERE name > ? ORDER BY name LIMIT ?";

  /**
   * The same order as text, which is what a driver compares that merges the rows of several
   * servers. Each server sorts all names behind the first one for it.
   */
  private static final String LIST_PORTABLY =
      """
      SELECT name, encode(name, 'hex') AS hex FROM tidemark.document WHERE name > ?
      ORDER BY hex LIMIT ?""";

  private final Session session;
  private final DocumentId id;
  private final byte[] name;
  private final long number;
  private DocumentState state = DocumentState.EMPTY;
  private boolean exists;
  private boolean isLocked;
  private long revision;

  private DocumentRow(Session session, DocumentId id) {
    this.session = session;
    this.id = id;
    this.name = id.value().getBytes(StandardCharsets.UTF_8);
    this.number = number(name);
  }

  /**
   * Returns the number that stands for a document in every table: of 63 bits, from a cryptographic
   * hash of its name, so that it is known without a look, and positive, which suits the modulus of
   * whoever shards by it. Two names with one number are refused and never mixed up.
   */
  static long number(byte[] name) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Returns the number that stands for a document.
   *
   * @param id the document
   * @return its number
   */
  public static long number(DocumentId id) {
    return number(id.value().getBytes(StandardCharsets.UTF_8));
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
    document.exists = document.read(READ);
    return document;
  }

  /**
   * Reads the row and keeps other writers from it until the transaction ends. Where there is none,
   * it is made, for nobody else to see unless the transaction is committed.
   *
   * @param session a session in a transaction that writes
   * @param id the document
   * @return the row
   * @throws SQLException if it fails, or another writer does not finish in time
   */
  public static DocumentRow lock(Session session, DocumentId id) throws SQLException {
    DocumentRow document = new DocumentRow(session, id);
    return waiting(session, document::lock);
  }

  private DocumentRow lock() throws SQLException {
    exists = readAndLock();
    if (!exists) {
      // Another process may have made it meanwhile, and this one has waited for it.
      exists = !create();
      if (!readAndLock()) {
        throw new SQLException("the document came and went", "40001");
      }
    }
    isLocked = true;
    return this;
  }

  private boolean readAndLock() throws SQLException {
    return !Query.first(session, LOCK)
        .waiting()
        .number(number)
        .read("document", this::take)
        .isEmpty();
  }

  private boolean read(String sql) throws SQLException {
    List<Boolean> found = Query.first(session, sql).number(number).read("document", this::take);
    return !found.isEmpty();
  }

  /** A statement that waits for the writer who has the row. */
  private static <T> T waiting(Session session, Waiting<T> statement) throws SQLException {
    try {
      return statement.run();
    } catch (SQLException e) {
      String state = SqlFailures.state(e);
      if (state.equals("57014") && !session.isPlain()) {
        throw new SQLException("another process writes for too long", "55P03", e);
      }
      if (state.equals("23505")) {
        throw new SQLException("two have made the document at once", "40001", e);
      }
      throw e;
    }
  }

  private interface Waiting<T> {
    T run() throws SQLException;
  }

  private boolean take(ResultSet row) throws SQLException {
    byte[] stored = row.getBytes(1);
    if (!Arrays.equals(stored, name)) {
      throw new NumberTakenException(id.value(), new String(stored, StandardCharsets.UTF_8));
    }
    state =
        new DocumentState(
            row.getLong(2),
            row.getLong(3),
            Keys.canonical(row.getBytes(6)),
            Keys.canonical(row.getBytes(7)),
            Keys.position(row.getBytes(5)),
            row.getLong(4),
            Keys.canonical(row.getBytes(8)));
    revision = row.getLong(9);
    return true;
  }

  private boolean create() throws SQLException {
    return new Query(session, CREATE)
            .waiting()
            .number(number)
            .bytes(name)
            .bytes(Keys.position(DocumentState.EMPTY.materialized()))
            .bytes(Keys.ABSENT)
            .bytes(Keys.ABSENT)
            .bytes(Keys.ABSENT)
            .change()
        == 1;
  }

  /**
   * Lists documents.
   *
   * @param session a session
   * @param after the name to start after, or null
   * @param limit the most to return
   * @return the names, in the order of their UTF-8 bytes
   * @throws SQLException if it fails
   */
  public static List<DocumentId> list(Session session, @Nullable DocumentId after, int limit)
      throws SQLException {
    byte[] start = after == null ? Keys.ABSENT : after.value().getBytes(StandardCharsets.UTF_8);
    return Query.first(session, session.isPlain() ? LIST : LIST_PORTABLY)
        .bytes(start)
        .limit(limit)
        .read(
            "document", row -> DocumentId.of(new String(row.getBytes(1), StandardCharsets.UTF_8)));
  }

  /**
   * Returns the number that the document's rows have.
   *
   * @return its number
   */
  public long number() {
    return number;
  }

  /**
   * Tells whether the document was there before the transaction.
   *
   * @return whether it was committed by somebody
   */
  public boolean exists() {
    return exists;
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
   * @return as it was read, or last put by this transaction
   */
  public DocumentState state() {
    return state;
  }

  /**
   * Replaces the state, which is written with {@link #store}.
   *
   * @param replacement the new state
   */
  public void putState(DocumentState replacement) {
    state = replacement;
  }

  /**
   * Writes the state, if the row still has the revision that was read: the number of commits so
   * far, as not all of them change the version. That no other writer came between rests on this,
   * wherever a row lock is not what it is in PostgreSQL.
   *
   * @throws SQLException if it fails, or another writer came
   */
  public void store() throws SQLException {
    PreparedStatement statement = session.prepare(UPDATE);
    statement.setLong(1, state.version());
    statement.setLong(2, state.operations());
    statement.setLong(3, state.pending());
    statement.setBytes(4, Keys.position(state.materialized()));
    statement.setBytes(5, Keys.canonical(state.head()));
    statement.setBytes(6, Keys.canonical(state.innerHead()));
    statement.setBytes(7, Keys.canonical(state.frontier()));
    statement.setLong(8, revision + 1);
    statement.setLong(9, number);
    statement.setLong(10, revision);
    if (statement.executeUpdate() != 1) {
      throw new SQLException("another writer has changed the document", "40001");
    }
    revision++;
  }

  /**
   * Tells whether another writer has committed since the row was read. Asked when a row was in the
   * way of another, which only that explains in a store that is not damaged.
   *
   * @return whether the row was changed, or came and went
   * @throws SQLException if it fails
   */
  public boolean wasChangedMeanwhile() throws SQLException {
    return !new Query(session, REVISION)
        .number(number)
        .read("document", row -> row.getLong(1))
        .equals(exists ? List.of(revision) : List.of());
  }

  /**
   * Tells whether other writers wait until the transaction ends.
   *
   * @return whether it was read to be written
   */
  boolean isLocked() {
    return isLocked;
  }
}

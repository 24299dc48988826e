package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.postgres.internal.store.Session;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** How far a document has pulled from its peers. */
public final class ProgressTable {
  static final String FIND = "SELECT token FROM tidemark.progress WHERE document = ? AND peer = ?";
  private static final String PUT =
      """
      INSERT INTO tidemark.progress (document, peer, token) VALUES (?, ?, ?)
      ON CONFLICT (document, peer) DO UPDATE SET token = excluded.token""";

  private final Session session;
  private final DocumentRow document;

  /**
   * Makes the view of one transaction.
   *
   * @param session its session
   * @param document its document
   */
  public ProgressTable(Session session, DocumentRow document) {
    this.session = session;
    this.document = document;
  }

  /** Implements {@link dev.tidemark.spi.ReadTransaction#progress}. */
  public Optional<SyncProgress> find(String peer) throws SQLException {
    return new Query(session, FIND)
            .number(document.number())
            .bytes(peer.getBytes(StandardCharsets.UTF_8))
            .read("progress", row -> new SyncProgress(peer, ChunkCursor.parse(row.getString(1))))
            .stream()
            .findFirst();
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putProgress}. */
  public void put(SyncProgress progress) throws SQLException {
    PreparedStatement statement = session.prepare(PUT);
    statement.setLong(1, document.number());
    statement.setBytes(2, progress.peer().getBytes(StandardCharsets.UTF_8));
    statement.setString(3, progress.next().token());
    statement.executeUpdate();
  }
}

package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.sqlite.internal.store.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How far a document has pulled from its peers. */
public final class ProgressTable {
  private static final String FIND = "SELECT token FROM progress WHERE document = ?1 AND peer = ?2";
  private static final String PUT =
      "INSERT OR REPLACE INTO progress(document, peer, token) VALUES (?1, ?2, ?3)";

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
    PreparedStatement statement = session.prepare(FIND);
    statement.setLong(1, document.number());
    statement.setString(2, peer);
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      String token = row.getString(1);
      return Optional.of(
          Decoding.of("progress", () -> new SyncProgress(peer, ChunkCursor.parse(token))));
    }
  }

  /** Implements {@link dev.tidemark.spi.WriteTransaction#putProgress}. */
  public void put(SyncProgress progress) throws SQLException {
    PreparedStatement statement = session.prepare(PUT);
    statement.setLong(1, document.number());
    statement.setString(2, progress.peer());
    statement.setString(3, progress.next().token());
    statement.executeUpdate();
  }
}

package org.example.tidemark.h2;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.support.RowCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The state of the document, and how far it was pulled from its peers. */
record DocumentTable(Rows rows) {
  DocumentState state() {
    return rows.one(
            "SELECT state FROM document WHERE document = ? AND state IS NOT NULL",
            row -> RowCodec.STATE.decode(row.getBytes(1)),
            rows.key())
        .orElse(DocumentState.EMPTY);
  }

  void putState(DocumentState state) {
    rows.write(
        "UPDATE document SET state = ? WHERE document = ?",
        List.of(state),
        row -> new Object[] {RowCodec.STATE.encode(row), rows.key()});
  }

  Optional<SyncProgress> progress(String peer) {
    return rows.one(
        "SELECT token FROM progress WHERE document = ? AND peer = ?",
        row -> new SyncProgress(peer, ChunkCursor.parse(row.getString(1))),
        rows.key(),
        peer.getBytes(StandardCharsets.UTF_8));
  }

  void putProgress(SyncProgress progress) {
    rows.write(
        "MERGE INTO progress(document, peer, token) KEY(document, peer) VALUES (?, ?, ?)",
        List.of(progress),
        row ->
            new Object[] {
              rows.key(), row.peer().getBytes(StandardCharsets.UTF_8), row.next().token()
            });
  }
}

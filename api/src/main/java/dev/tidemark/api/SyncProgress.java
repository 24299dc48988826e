package dev.tidemark.api;

/**
 * How far one document has pulled from one peer: the token of the next chunk, stored in the
 * transaction that applied the chunk before it (rules A7, A9).
 *
 * @param peer the name of the peer, 1 to {@link Limits#MAX_PEER_BYTES} bytes of UTF-8
 * @param next where the pull goes on
 */
public record SyncProgress(String peer, ChunkCursor next) {
  /**
   * Checks the peer's name.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT}
   */
  public SyncProgress {
    DocumentId.Names.check("peer", peer, Limits.MAX_PEER_BYTES);
  }
}

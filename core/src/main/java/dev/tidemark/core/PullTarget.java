package dev.tidemark.core;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.chunk.DecodedChunk;
import java.util.Optional;

/** What a pull does to the document that receives. */
interface PullTarget {
  /** Finds where a request starts or goes on. */
  ChunkCursor cursor(ChunkRequest request);

  /** Checks and decodes a chunk. */
  DecodedChunk decode(byte[] chunk);

  /** Learns that an answer does not fit; returns the error. */
  TidemarkException refused(TidemarkException error);

  /** How far it has pulled from a peer. */
  Optional<SyncProgress> progress(String peer);

  /**
   * Applies a chunk of so many encoded bytes and stores the peer's progress, in one transaction.
   *
   * @param asked the cursor that the chunk is the answer to: progress passes what a filter removed
   *     before the chunk only where this is the stored progress
   */
  ApplyResult apply(DecodedChunk chunk, int bytes, String peer, ChunkCursor asked);

  /**
   * Stores progress that no chunk came with: what was passed held nothing for this pull. Does
   * nothing if the stored progress is no longer what was asked with.
   */
  void store(SyncProgress progress, ChunkCursor asked);
}

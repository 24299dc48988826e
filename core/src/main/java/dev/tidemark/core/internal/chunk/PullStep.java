package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ChunkCursor;
import org.jspecify.annotations.Nullable;

/**
 * The pull that a chunk belongs to.
 *
 * @param peer whose progress is stored; null for none
 * @param asked the cursor that the chunk is the answer to; null if nobody knows
 */
public record PullStep(@Nullable String peer, @Nullable ChunkCursor asked) {
  /** A chunk of no pull. */
  public static final PullStep NONE = new PullStep(null, null);
}

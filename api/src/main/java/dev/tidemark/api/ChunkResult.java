package dev.tidemark.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one read of a chunk stream returned: perhaps a chunk, always the cursor to go on with, and
 * why it stopped there. Every result that is not the end has advanced (rule C15).
 */
public final class ChunkResult {
  /** Why a read stopped where it did. */
  public enum StopReason {
    /** The next operation does not fit into the chunk. */
    CHUNK_FULL,
    /** The chunk holds a fragment, which stands alone. */
    FRAGMENT,
    /** One call has looked at as many operations as it may (rule C10). */
    SCAN_LIMIT,
    /** The window's cap was reached at a version boundary (rule C11). */
    WINDOW_CAP,
    /** The watermark was reached: there is nothing more in the window. */
    WATERMARK
  }

  private final @Nullable Chunk chunk;
  private final ChunkCursor next;
  private final StopReason reason;

  private ChunkResult(@Nullable Chunk chunk, ChunkCursor next, StopReason reason) {
    this.chunk = chunk;
    this.next = next;
    this.reason = reason;
    boolean isLast = reason == StopReason.WINDOW_CAP || reason == StopReason.WATERMARK;
    if (isLast != next.isEnd()) {
      throw new IllegalArgumentException(reason + " with a cursor at " + next.stage());
    }
    if (chunk != null && chunk.header().isFinal() != isLast) {
      throw new IllegalArgumentException(reason + " with a chunk whose final flag is " + !isLast);
    }
    if (chunk == null && !isLast && reason != StopReason.SCAN_LIMIT) {
      throw new IllegalArgumentException(reason + " without a chunk");
    }
  }

  /**
   * A chunk was read.
   *
   * @param chunk the chunk
   * @param reason why it ends where it does
   * @return the result
   */
  public static ChunkResult of(Chunk chunk, StopReason reason) {
    return new ChunkResult(chunk, chunk.header().next(), reason);
  }

  /**
   * Only operations that the filter removes were found so far.
   *
   * @param next where to go on
   * @return the result
   */
  public static ChunkResult progress(ChunkCursor next) {
    return new ChunkResult(null, next, StopReason.SCAN_LIMIT);
  }

  /**
   * There was nothing more to read.
   *
   * @param next the cursor at the end
   * @param reason {@link StopReason#WATERMARK} or {@link StopReason#WINDOW_CAP}
   * @return the result
   */
  public static ChunkResult end(ChunkCursor next, StopReason reason) {
    return new ChunkResult(null, next, reason);
  }

  /**
   * Returns the chunk.
   *
   * @return the chunk, if one was read
   */
  public Optional<Chunk> chunk() {
    return Optional.ofNullable(chunk);
  }

  /**
   * Returns where to go on.
   *
   * @return the cursor
   */
  public ChunkCursor next() {
    return next;
  }

  /**
   * Returns why the read stopped there.
   *
   * @return the reason
   */
  public StopReason reason() {
    return reason;
  }

  /**
   * Tells whether the window was read to its end.
   *
   * @return whether there is nothing more
   */
  public boolean isEnd() {
    return next.isEnd();
  }
}

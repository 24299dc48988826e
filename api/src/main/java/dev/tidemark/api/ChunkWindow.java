package dev.tidemark.api;

import org.jspecify.annotations.Nullable;

/**
 * Which operations a chunk stream sends, and how they are cut: the part of a cursor that stays the
 * same from the first chunk to the last.
 *
 * @param document the document
 * @param after the version to start after (rule C13), from 0
 * @param watermark the last version of the window; null until the first chunk is read, which fixes
 *     it (rule C8)
 * @param filter which authors' operations are sent
 * @param chunkSize the largest encoded chunk, in bytes
 * @param cap the largest window in bytes, as {@code ChunkRequest.withWindowCap} counts them; 0 for
 *     none
 */
public record ChunkWindow(
    DocumentId document,
    long after,
    @Nullable Long watermark,
    OperationFilter filter,
    int chunkSize,
    long cap) {
  /**
   * Checks the window.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} or {@link
   *     ErrorCode#CHUNK_SIZE_OUT_OF_RANGE}
   */
  public ChunkWindow {
    Invalid.inRange("version to start after", after, 0, Long.MAX_VALUE - 1);
    if (watermark != null) {
      Invalid.inRange("watermark", watermark, 0, Long.MAX_VALUE - 1);
    }
    ChunkSize.check(chunkSize);
    Invalid.inRange("window cap", cap, 0, Long.MAX_VALUE);
  }

  /**
   * Returns the window with its watermark fixed.
   *
   * @param version the last version of the window
   * @return the window
   */
  public ChunkWindow withWatermark(long version) {
    return new ChunkWindow(document, after, version, filter, chunkSize, cap);
  }
}

package dev.tidemark.api;

import org.jspecify.annotations.Nullable;

/**
 * What to read of a document's log: where to start, how far, which authors, and in how large
 * pieces. A request that resumes a cursor keeps the cursor's settings; settings made beside it must
 * agree, and are refused with {@link ErrorCode#TOKEN_MISMATCH} when they do not.
 */
public final class ChunkRequest {
  private final long after;
  private final @Nullable ChunkCursor cursor;
  private final @Nullable Long watermark;
  private final @Nullable OperationFilter filter;
  private final @Nullable Integer chunkSize;
  private final @Nullable Long cap;

  private ChunkRequest(
      long after,
      @Nullable ChunkCursor cursor,
      @Nullable Long watermark,
      @Nullable OperationFilter filter,
      @Nullable Integer chunkSize,
      @Nullable Long cap) {
    this.after = after;
    this.cursor = cursor;
    this.watermark = watermark;
    this.filter = filter;
    this.chunkSize = chunkSize;
    this.cap = cap;
  }

  /**
   * Reads what was committed after a version (rule C13).
   *
   * @param version the version, from 0
   * @return a request with the default settings
   */
  public static ChunkRequest after(long version) {
    Invalid.inRange("version to start after", version, 0, Long.MAX_VALUE - 1);
    return new ChunkRequest(version, null, null, null, null, null);
  }

  /**
   * Goes on at a cursor.
   *
   * @param cursor the cursor
   * @return a request with the cursor's settings
   */
  public static ChunkRequest resume(ChunkCursor cursor) {
    return new ChunkRequest(cursor.window().after(), cursor, null, null, null, null);
  }

  /**
   * Goes on at the cursor of a token.
   *
   * @param token the token
   * @return a request with the cursor's settings
   * @throws TidemarkException with {@link ErrorCode#TOKEN_MALFORMED} or {@link
   *     ErrorCode#TOKEN_UNSUPPORTED}
   */
  public static ChunkRequest resume(String token) {
    return resume(ChunkCursor.parse(token));
  }

  /**
   * Ends the window at a version, instead of at the last one when the first chunk is read.
   *
   * @param version the last version of the window; beyond the last committed one, the window ends
   *     there
   * @return a new request
   */
  public ChunkRequest withWatermark(long version) {
    Invalid.inRange("watermark", version, 0, Long.MAX_VALUE - 1);
    return new ChunkRequest(after, cursor, version, filter, chunkSize, cap);
  }

  /**
   * Reads some authors' operations only.
   *
   * @param authors which
   * @return a new request
   */
  public ChunkRequest withFilter(OperationFilter authors) {
    return new ChunkRequest(after, cursor, watermark, authors, chunkSize, cap);
  }

  /**
   * Sets the largest encoded chunk.
   *
   * @param bytes {@link ChunkSize#MIN} to {@link ChunkSize#MAX}
   * @return a new request
   * @throws TidemarkException with {@link ErrorCode#CHUNK_SIZE_OUT_OF_RANGE}
   */
  public ChunkRequest withChunkSize(int bytes) {
    return new ChunkRequest(after, cursor, watermark, filter, ChunkSize.check(bytes), cap);
  }

  /**
   * Ends the window at the first version boundary at or after so many bytes (rule C11). An
   * operation counts with its payload, order key and known ranges and a fixed amount for the rest,
   * as it stands in the log, so that the end is the same however the window is paged.
   *
   * @param bytes the cap, from 1
   * @return a new request
   */
  public ChunkRequest withWindowCap(long bytes) {
    Invalid.inRange("window cap", bytes, 1, Long.MAX_VALUE);
    return new ChunkRequest(after, cursor, watermark, filter, chunkSize, bytes);
  }

  /**
   * Returns where reading a document starts with this request.
   *
   * @param document the document that is read
   * @return the cursor
   * @throws TidemarkException with {@link ErrorCode#TOKEN_MISMATCH} if the resumed cursor is of
   *     another document, or has other settings than those made beside it
   */
  public ChunkCursor cursorOf(DocumentId document) {
    if (cursor == null) {
      return ChunkCursor.start(
          new ChunkWindow(
              document,
              after,
              watermark,
              filter == null ? OperationFilter.all() : filter,
              chunkSize == null ? ChunkSize.DEFAULT : chunkSize,
              cap == null ? 0 : cap));
    }
    ChunkWindow window = cursor.window();
    agree("document", document, window.document());
    agree("watermark", watermark, window.watermark());
    agree("filter", filter, window.filter());
    agree("chunk size", chunkSize, window.chunkSize());
    agree("window cap", cap, window.cap());
    return cursor;
  }

  private static void agree(String what, @Nullable Object asked, @Nullable Object had) {
    if (asked != null && !asked.equals(had)) {
      throw TidemarkException.of(ErrorCode.TOKEN_MISMATCH)
          .with(Detail.ARGUMENT, what)
          .with(Detail.EXPECTED, asked)
          .with(Detail.ACTUAL, String.valueOf(had))
          .build();
    }
  }
}

package dev.tidemark.api;

import org.jspecify.annotations.Nullable;

/**
 * What a chunk says of itself (rule C14).
 *
 * @param format the version of the chunk format
 * @param codec how the body is compressed
 * @param first the position of the first operation, or of the one that is fragmented; of an empty
 *     closing chunk, where reading had arrived
 * @param last the position of the last operation, or of the one that is fragmented
 * @param operations the number of complete operations; 0 for a fragment
 * @param fragment which bytes of which payload it holds; null unless it is a fragment
 * @param next the cursor that follows it
 * @param isFinal whether it is the last chunk of its window (rule C9)
 */
public record ChunkHeader(
    int format,
    Codec codec,
    Position first,
    Position last,
    int operations,
    @Nullable Fragment fragment,
    ChunkCursor next,
    boolean isFinal) {
  /** How the body of a chunk is compressed. */
  public enum Codec {
    /** Not at all: it would not have become smaller. */
    STORED,
    /** Zstandard (RFC 8878). */
    ZSTANDARD
  }

  /**
   * A byte range of one payload.
   *
   * @param operation the operation that carries the payload
   * @param offset the first byte
   * @param length the number of bytes, from 1
   * @param payloadSize the size of the whole payload
   */
  public record Fragment(OperationId operation, long offset, int length, long payloadSize) {}

  /**
   * Returns the document.
   *
   * @return the document
   */
  public DocumentId document() {
    return next.window().document();
  }

  /**
   * Returns the last version of the window.
   *
   * @return the version
   */
  public long watermark() {
    Long watermark = next.window().watermark();
    if (watermark == null) {
      throw new IllegalStateException("the cursor after a chunk has a watermark");
    }
    return watermark;
  }
}

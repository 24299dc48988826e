package dev.tidemark.core.internal.payload;

/**
 * Where the bytes of a payload are. These sizes are what a store was written with: never change.
 */
public final class PayloadLayout {
  /**
   * The largest payload that stands in its log row; larger ones are stored apart, in pieces.
   *
   * <p>Measured on SQLite (medians of 3, two cores, no waiting for the medium), draining 8 KiB
   * payloads: 218 MB/s with 1 KiB inline, 235 with 4, 286 with 16, 376 with 64; appending them 79,
   * 78, 89 and 112. Larger rows would gain still, but walks and catch-ups read rows by the hundred,
   * and hold them.
   */
  public static final int INLINE_BYTES = 16 * 1024;

  /**
   * Pieces never cross a multiple of this. So a byte has few candidates for the piece that holds
   * it, and a range is read by one seek.
   *
   * <p>Measured as above with 64 MiB payloads: pieces of 32, 64, 128 and 256 KiB are appended at
   * 108, 110, 107 and 103 MB/s and drained at 464, 464, 399 and 432; the file is 1.7, 0.8, 0.4 and
   * 0.2 % larger than the payload. So the size hardly matters; this one keeps the rows few.
   */
  public static final int PIECE_BYTES = 128 * 1024;

  /** How much of a payload the engine reads in one call: enough to make a seek cheap. */
  public static final int READ_BYTES = 8 * PIECE_BYTES;

  private PayloadLayout() {}
}

package dev.tidemark.core.internal.payload;

/**
 * Where the bytes of a payload are. These sizes are what a store was written with: never change.
 */
public final class PayloadLayout {
  /** The largest payload that stands in its log row; larger ones are stored apart, in pieces. */
  public static final int INLINE_BYTES = 16 * 1024;

  /**
   * Pieces never cross a multiple of this. So a byte has few candidates for the piece that holds
   * it, and a range is read by one seek.
   */
  public static final int PIECE_BYTES = 128 * 1024;

  /** How much of a payload the engine reads in one call: enough to make a seek cheap. */
  public static final int READ_BYTES = 8 * PIECE_BYTES;

  private PayloadLayout() {}
}

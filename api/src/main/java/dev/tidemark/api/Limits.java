package dev.tidemark.api;

/** The ranges that every valid operation keeps, wherever it comes from. */
public final class Limits {
  /** The largest Lamport time and the largest counter: 2^53 - 1, exact in every JSON number. */
  public static final long MAX_COUNT = (1L << 53) - 1;

  /** The longest document name, in bytes of UTF-8. */
  public static final int MAX_DOCUMENT_ID_BYTES = 255;

  /** The longest replica id, in bytes; the shortest has one. */
  public static final int MAX_REPLICA_ID_BYTES = 64;

  /** The longest order key, in bytes; the shortest has none. */
  public static final int MAX_ORDER_KEY_BYTES = 1024;

  /**
   * The largest {@link KnownOperations#weight() weight} of what one delete knows, in bytes. A
   * delete that knows more is written as several deletes of the same node, which join to the same
   * meaning; without this bound one delete could exceed the smallest chunk.
   */
  public static final int MAX_KNOWN_WEIGHT = 64 * 1024;

  /** The longest name of a peer whose progress is stored, in bytes of UTF-8. */
  public static final int MAX_PEER_BYTES = 255;

  private Limits() {}
}

package dev.tidemark.api;

/** The sizes that a chunk may be asked for, in bytes (rule C3). */
public final class ChunkSize {
  /** The smallest: 256 KiB. */
  public static final int MIN = 256 * 1024;

  /** The largest: 32 MiB. */
  public static final int MAX = 32 * 1024 * 1024;

  /** What is used when nothing else is said: 5 MiB. */
  public static final int DEFAULT = 5 * 1024 * 1024;

  private ChunkSize() {}

  /**
   * Checks a size.
   *
   * @param bytes the size
   * @return the same size
   * @throws TidemarkException with {@link ErrorCode#CHUNK_SIZE_OUT_OF_RANGE}
   */
  public static int check(int bytes) {
    if (bytes < MIN || bytes > MAX) {
      throw TidemarkException.of(ErrorCode.CHUNK_SIZE_OUT_OF_RANGE)
          .with(Detail.ACTUAL, bytes)
          .with(Detail.LIMIT, MIN + ".." + MAX)
          .build();
    }
    return bytes;
  }
}

package dev.tidemark.conformance.kit;

import dev.tidemark.api.ChunkSize;

/** How much the kit does in one piece. */
public enum Budget {
  /** As an application would. */
  ORDINARY(ChunkSize.MIN + 100_000),
  /** One operation in each transaction, and the smallest chunks. */
  SMALLEST(ChunkSize.MIN);

  private final int chunkSize;

  Budget(int chunkSize) {
    this.chunkSize = chunkSize;
  }

  /**
   * Returns the size of chunks to ask for.
   *
   * @return bytes
   */
  public int chunkSize() {
    return chunkSize;
  }
}

package dev.tidemark.spi;

/** What may be done to a store that is opened. */
public enum OpenMode {
  /**
   * Read only: nothing in the store is created, upgraded or written, and write rights are not
   * needed. An engine may keep what its readers share, such as an index of its own log, beside the
   * store.
   */
  READ,
  /** Read and write a store that exists; its schema is upgraded where that is allowed. */
  WRITE,
  /** As {@link #WRITE}, and a store that does not exist is created. */
  CREATE
}

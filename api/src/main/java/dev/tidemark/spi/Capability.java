package dev.tidemark.spi;

/**
 * What a backend can do beyond reading and writing. All is supported unless a backend declares it
 * off; what is off is refused, and the kit asserts that (rule B10).
 */
public enum Capability {
  /**
   * A store outlives its last close and can be opened again. Off: opening a store that no longer
   * exists, or never did, with another mode than {@link OpenMode#CREATE} is {@code UNSUPPORTED}.
   */
  DURABLE,
  /**
   * Several processes may open one store and write to it. Off: a process that tries while another
   * one has the store open gets {@code UNSUPPORTED} or {@code STORE_BUSY}, and does not wait.
   */
  SEVERAL_PROCESSES,
  /**
   * A store can be opened with {@link OpenMode#READ} and read without any right to write. Off: that
   * mode is {@code UNSUPPORTED}.
   */
  READ_ONLY_OPEN,
  /**
   * The schema can be made by an explicit step, {@link BackendProvider#schema}. Off: that method is
   * {@code UNSUPPORTED}, which it is unless overridden.
   */
  SCHEMA_STEP,
  /**
   * Commits of other processes can be waited for, with {@link Backend#commitSignal}. Off: that
   * method is {@code UNSUPPORTED}, which it is unless overridden.
   */
  COMMIT_SIGNAL
}

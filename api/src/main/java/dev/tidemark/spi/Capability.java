package dev.tidemark.spi;

/**
 * What a backend can do beyond reading and writing. All is supported unless a backend declares it
 * off; what is off is refused with {@code UNSUPPORTED}, and the kit asserts that (rule B10).
 */
public enum Capability {
  /** A store outlives its last close and can be opened again. */
  DURABLE,
  /** Several processes may open one store and write to it. */
  SEVERAL_PROCESSES,
  /** A store can be opened with {@link OpenMode#READ} and read without any right to write. */
  READ_ONLY_OPEN,
  /** The schema can be made by an explicit step, {@link BackendProvider#schema}. */
  SCHEMA_STEP,
  /** Commits of other processes can be waited for, with {@link Backend#commitSignal}. */
  COMMIT_SIGNAL
}

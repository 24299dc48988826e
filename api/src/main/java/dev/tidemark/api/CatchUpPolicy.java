package dev.tidemark.api;

/** When the tree is brought up to date after operations arrived. */
public sealed interface CatchUpPolicy {
  /**
   * In the append itself (rule R1).
   *
   * @return the policy
   */
  static CatchUpPolicy immediate() {
    return new Immediate(Long.MAX_VALUE);
  }

  /**
   * In the append itself, unless it has to look at more logged operations than this; then the
   * append succeeds and the tree is left for later (rule R12).
   *
   * @param workLimit the most logged operations to look at again, from 0
   * @return the policy
   */
  static CatchUpPolicy immediateUpTo(long workLimit) {
    return new Immediate(workLimit);
  }

  /**
   * When the tree is read, or {@code ensureMaterialized} is called (rule R7).
   *
   * @return the policy
   */
  static CatchUpPolicy deferred() {
    return Deferred.INSTANCE;
  }

  /**
   * In the append itself, within a limit of work.
   *
   * @param workLimit the most logged operations to look at again
   */
  record Immediate(long workLimit) implements CatchUpPolicy {
    /** Checks the limit. */
    public Immediate {
      Invalid.inRange("work limit", workLimit, 0, Long.MAX_VALUE);
    }
  }

  /** When the tree is needed. */
  enum Deferred implements CatchUpPolicy {
    /** The only value. */
    INSTANCE
  }
}

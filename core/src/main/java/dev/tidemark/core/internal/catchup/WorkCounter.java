package dev.tidemark.core.internal.catchup;

/** Counts the logged operations that a catch-up looks at again, against a limit (rule R12). */
final class WorkCounter {
  private final long limit;
  private long visited;

  WorkCounter(long limit) {
    this.limit = limit;
  }

  /** Counts operations that were logged before. */
  void visit(int operations) {
    visited += operations;
    if (visited > limit) {
      throw new WorkLimitReached();
    }
  }

  long visited() {
    return visited;
  }

  /** Ends a catch-up that has not written anything yet. Never leaves this package. */
  static final class WorkLimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkLimitReached() {
      super("work limit reached", null, false, false);
    }
  }
}

package dev.tidemark.cli.job;

import dev.tidemark.api.AppendResult;

/** Counts what appends did, and the time they took. */
public class AppendTally {
  private long appended;
  private long known;
  private long late;
  private long nanos;

  /** For the jobs, which are what they count. */
  AppendTally() {}

  final void count(AppendResult result) {
    appended += result.appended();
    known += result.known();
    late += result.late();
  }

  /** Runs the job; what was counted stays readable when it fails. */
  final void timed(Runnable work) {
    long start = System.nanoTime();
    try {
      work.run();
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  /**
   * Returns how many operations are in the store now, new or not.
   *
   * @return the number
   */
  public final long operations() {
    return appended + known;
  }

  /**
   * Returns how many operations were new to the store.
   *
   * @return the number
   */
  public final long appended() {
    return appended;
  }

  /**
   * Returns how many operations were in the store before.
   *
   * @return the number
   */
  public final long known() {
    return known;
  }

  /**
   * Returns how many of the new operations came late.
   *
   * @return the number
   */
  public final long late() {
    return late;
  }

  /**
   * Returns how long it took.
   *
   * @return nanoseconds
   */
  public final long nanos() {
    return nanos;
  }
}

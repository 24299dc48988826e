package dev.tidemark.benchmarks.harness;

/** One round of something. */
@FunctionalInterface
public interface Measurement {
  /**
   * Does it once.
   *
   * @return the seconds that count
   * @throws Exception if it fails
   */
  double seconds() throws Exception;

  /** What is timed from its beginning to its end. */
  @FunctionalInterface
  interface Work {
    /**
     * Does the work.
     *
     * @throws Exception if it fails
     */
    void run() throws Exception;
  }

  /**
   * Times work.
   *
   * @param work the work
   * @return the seconds that it took
   * @throws Exception if it fails
   */
  static double time(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}

package dev.tidemark.benchmarks.harness;

/** Something that is measured, with its baselines. */
public interface Scenario {
  /**
   * Returns the name on the command line.
   *
   * @return lower-case words with hyphens
   */
  String name();

  /**
   * Tells what is measured.
   *
   * @return one line
   */
  String title();

  /**
   * Tells whether the scenario needs a PostgreSQL server.
   *
   * @return false, unless it says otherwise
   */
  default boolean needsPostgres() {
    return false;
  }

  /**
   * Measures.
   *
   * @param run where to, and how much
   * @throws Exception if anything fails; the other scenarios are run all the same
   */
  void measure(Run run) throws Exception;
}

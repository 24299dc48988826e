package dev.tidemark.benchmarks.harness;

/** How much is measured. */
public enum Profile {
  /** Hardly anything: shows that the scenarios still work. */
  SMOKE,
  /** All scenarios in less than five minutes on an idle machine. */
  QUICK,
  /** The sizes that the bars are stated for. */
  FULL
}

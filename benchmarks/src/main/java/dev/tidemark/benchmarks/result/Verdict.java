package dev.tidemark.benchmarks.result;

/** How a figure stands to its bar. */
public enum Verdict {
  /** It reaches the bar. */
  MET,
  /** It does not. */
  MISSED,
  /** There is no bar. */
  STATED
}

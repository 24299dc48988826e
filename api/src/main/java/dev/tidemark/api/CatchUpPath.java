package dev.tidemark.api;

/**
 * Which part of the catch-up algorithm (design, section 8) did the work; the later, the costlier.
 */
public enum CatchUpPath {
  /** Nothing was there to do, or the tree was left for later. */
  NONE,
  /** All came in canonical order. */
  IN_ORDER,
  /** Late operations that commute: payloads, deletes, nodes without children (steps 1 and 3). */
  COMMUTING,
  /** Late operations on nodes that became parents in the same append (step 4). */
  FRESH_SUBTREE,
  /** Structural operations on parents were replayed from the frontier on (step 5). */
  REPLAYED,
  /** The tree was made again from the whole log. */
  REBUILT
}

package dev.tidemark.core;

/** Which tree a reader wants when operations are pending (rule R7). */
public enum ReadMode {
  /** The tree that the whole log describes; brings it up to date first if need be. */
  CAUGHT_UP,
  /** The tree as it is stored, however far behind. */
  AS_IS
}

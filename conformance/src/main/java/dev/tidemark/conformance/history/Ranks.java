package dev.tidemark.conformance.history;

import dev.tidemark.api.CanonicalKey;

/** What the rank {@code #n} of the short notation stands for: each keeps the order of ranks. */
public enum Ranks {
  /** Ranks are Lamport times of one replica. */
  LAMPORT {
    @Override
    CanonicalKey key(int rank) {
      return new CanonicalKey(rank + 1L, Names.replica('A'), rank + 1L);
    }
  },
  /** All have one Lamport time; ranks are replicas. */
  REPLICA {
    @Override
    CanonicalKey key(int rank) {
      return new CanonicalKey(1, Names.replica((char) ('A' + rank)), 1);
    }
  },
  /** All have one Lamport time and one replica; ranks are counters. */
  COUNTER {
    @Override
    CanonicalKey key(int rank) {
      return new CanonicalKey(1, Names.replica('A'), rank + 1L);
    }
  };

  abstract CanonicalKey key(int rank);
}

package dev.tidemark.api;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which authors' operations a window holds. A filter removes operations and never reorders them.
 */
public sealed interface OperationFilter {
  /** The most replicas that one filter names; it travels in every token. */
  int MAX_REPLICAS = 64;

  /**
   * Everything.
   *
   * @return the filter
   */
  static OperationFilter all() {
    return All.INSTANCE;
  }

  /**
   * Only what these replicas wrote.
   *
   * @param replicas 1 to {@value #MAX_REPLICAS} authors
   * @return the filter
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if there are none or too many
   */
  static OperationFilter only(Set<ReplicaId> replicas) {
    return new Only(replicas);
  }

  /**
   * Everything but what these replicas wrote.
   *
   * @param replicas 1 to {@value #MAX_REPLICAS} authors
   * @return the filter
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if there are none or too many
   */
  static OperationFilter except(Set<ReplicaId> replicas) {
    return new Except(replicas);
  }

  /**
   * Tells whether a replica's operations stay.
   *
   * @param replica the author
   * @return whether the filter lets them pass
   */
  boolean passes(ReplicaId replica);

  /** Everything. */
  enum All implements OperationFilter {
    /** The only value. */
    INSTANCE;

    @Override
    public boolean passes(ReplicaId replica) {
      return true;
    }
  }

  /**
   * Only what these replicas wrote.
   *
   * @param replicas the authors, ascending
   */
  record Only(Set<ReplicaId> replicas) implements OperationFilter {
    /** Checks and copies the set. */
    public Only {
      replicas = checked(replicas);
    }

    @Override
    public boolean passes(ReplicaId replica) {
      return replicas.contains(replica);
    }
  }

  /**
   * Everything but what these replicas wrote.
   *
   * @param replicas the authors, ascending
   */
  record Except(Set<ReplicaId> replicas) implements OperationFilter {
    /** Checks and copies the set. */
    public Except {
      replicas = checked(replicas);
    }

    @Override
    public boolean passes(ReplicaId replica) {
      return !replicas.contains(replica);
    }
  }

  private static Set<ReplicaId> checked(Set<ReplicaId> replicas) {
    Invalid.inRange("replicas of a filter", replicas.size(), 1, MAX_REPLICAS);
    SortedSet<ReplicaId> sorted = new TreeSet<>(replicas);
    return Collections.unmodifiableSortedSet(sorted);
  }
}

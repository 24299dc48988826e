package dev.tidemark.api;

/**
 * The place of an operation in canonical order: (Lamport time, replica, counter). Operations take
 * effect in this order on every store, whatever the order they arrive in.
 *
 * @param lamport the Lamport time, 1 to {@link Limits#MAX_COUNT}
 * @param replica the author
 * @param counter the author's count, 1 to {@link Limits#MAX_COUNT}
 */
public record CanonicalKey(long lamport, ReplicaId replica, long counter)
    implements Comparable<CanonicalKey> {
  /**
   * Checks the ranges.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if one is out of range
   */
  public CanonicalKey {
    Invalid.inRange("lamport", lamport, 1, Limits.MAX_COUNT);
    Invalid.inRange("counter", counter, 1, Limits.MAX_COUNT);
  }

  /**
   * Returns the id of the operation with this key.
   *
   * @return the id
   */
  public OperationId id() {
    return new OperationId(replica, counter);
  }

  @Override
  public int compareTo(CanonicalKey other) {
    int order = Long.compare(lamport, other.lamport);
    if (order == 0) {
      order = replica.compareTo(other.replica);
    }
    return order != 0 ? order : Long.compare(counter, other.counter);
  }

  @Override
  public String toString() {
    return lamport + "@" + replica + ":" + counter;
  }
}

package dev.tidemark.api;

/**
 * The identity of an operation: its author and the author's counter. An id names one operation for
 * ever; a second content under the same id is refused (rule A10).
 *
 * @param replica the author
 * @param counter the author's count, 1 to {@link Limits#MAX_COUNT}
 */
public record OperationId(ReplicaId replica, long counter) implements Comparable<OperationId> {
  /**
   * Checks the range of the counter.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is out of range
   */
  public OperationId {
    Invalid.inRange("counter", counter, 1, Limits.MAX_COUNT);
  }

  @Override
  public int compareTo(OperationId other) {
    int order = replica.compareTo(other.replica);
    return order != 0 ? order : Long.compare(counter, other.counter);
  }

  @Override
  public String toString() {
    return replica + ":" + counter;
  }
}

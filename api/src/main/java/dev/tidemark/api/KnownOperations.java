package dev.tidemark.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of operation ids, held as ranges of counters per replica: what a deleter had seen.
 *
 * <p>The ranges are normalized (ascending, neither overlapping nor touching), so equal sets are
 * equal values.
 */
public final class KnownOperations {
  /** The set of nothing. */
  public static final KnownOperations NONE = new KnownOperations(new TreeMap<>());

  /** What one replica weighs beside its bytes, and one range: bounds on their encoded size. */
  private static final int REPLICA_WEIGHT = 10;

  private static final int RANGE_WEIGHT = 16;

  private final SortedMap<ReplicaId, List<CounterRange>> ranges;

  private KnownOperations(SortedMap<ReplicaId, List<CounterRange>> ranges) {
    this.ranges = ranges;
  }

  /**
   * An unbroken run of one replica's counters.
   *
   * @param from the first counter, from 1
   * @param to the last counter, from {@code from} to {@link Limits#MAX_COUNT}
   */
  public record CounterRange(long from, long to) {
    /**
     * Checks the range.
     *
     * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is empty or out of
     *     range
     */
    public CounterRange {
      Invalid.inRange("first known counter", from, 1, Limits.MAX_COUNT);
      Invalid.inRange("last known counter", to, from, Limits.MAX_COUNT);
    }
  }

  /**
   * Returns the set of these ids.
   *
   * @param ids in any order, repeated or not
   * @return the set
   */
  public static KnownOperations of(Collection<OperationId> ids) {
    Builder builder = new Builder();
    ids.forEach(builder::add);
    return builder.build();
  }

  /**
   * Returns a builder of a set.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Tells whether an operation is in the set.
   *
   * @param id the operation
   * @return whether it is known
   */
  public boolean contains(OperationId id) {
    List<CounterRange> known = ranges.get(id.replica());
    if (known == null) {
      return false;
    }
    int low = 0;
    int high = known.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      CounterRange range = known.get(middle);
      if (id.counter() < range.from()) {
        high = middle - 1;
      } else if (id.counter() > range.to()) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the union of this set and another.
   *
   * @param other the other set
   * @return what is in either
   */
  public KnownOperations union(KnownOperations other) {
    if (other.isEmpty() || equals(other)) {
      return this;
    }
    return isEmpty() ? other : new Builder().addAll(this).addAll(other).build();
  }

  /**
   * Tells whether the set is empty.
   *
   * @return whether nothing is known
   */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /**
   * Returns the ranges by replica, both ascending.
   *
   * @return an unmodifiable view
   */
  public Map<ReplicaId, List<CounterRange>> ranges() {
    return Collections.unmodifiableSortedMap(ranges);
  }

  /**
   * Returns an upper bound of the set's encoded size, in bytes. An operation may carry at most
   * {@link Limits#MAX_KNOWN_WEIGHT}.
   *
   * @return the bound; 0 for the empty set
   */
  public long weight() {
    return ranges.entrySet().stream()
        .mapToLong(
            e -> REPLICA_WEIGHT + e.getKey().length() + (long) RANGE_WEIGHT * e.getValue().size())
        .sum();
  }

  /**
   * Cuts the set into parts that one operation each may carry.
   *
   * @return parts of at most {@link Limits#MAX_KNOWN_WEIGHT} whose union is this set; one empty
   *     part for the empty set
   */
  public List<KnownOperations> split() {
    if (weight() <= Limits.MAX_KNOWN_WEIGHT) {
      return List.of(this);
    }
    List<KnownOperations> parts = new ArrayList<>();
    Builder part = new Builder();
    long weight = 0;
    for (Map.Entry<ReplicaId, List<CounterRange>> entry : ranges.entrySet()) {
      int replicaWeight = REPLICA_WEIGHT + entry.getKey().length();
      weight += replicaWeight;
      for (CounterRange range : entry.getValue()) {
        if (weight + RANGE_WEIGHT > Limits.MAX_KNOWN_WEIGHT) {
          parts.add(part.build());
          part = new Builder();
          weight = replicaWeight;
        }
        part.add(entry.getKey(), range.from(), range.to());
        weight += RANGE_WEIGHT;
      }
    }
    parts.add(part.build());
    return parts;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof KnownOperations other && ranges.equals(other.ranges);
  }

  @Override
  public int hashCode() {
    return ranges.hashCode();
  }

  @Override
  public String toString() {
    return ranges.toString();
  }

  /** Collects ids and ranges in any order. Not safe for use by several threads. */
  public static final class Builder {
    private final SortedMap<ReplicaId, List<CounterRange>> collected = new TreeMap<>();

    private Builder() {}

    /**
     * Adds one operation.
     *
     * @param id the operation
     * @return this
     */
    public Builder add(OperationId id) {
      return add(id.replica(), id.counter(), id.counter());
    }

    /**
     * Adds a run of one replica's operations.
     *
     * @param replica the author
     * @param from the first counter, from 1
     * @param to the last counter, included
     * @return this
     * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if the range is empty or
     *     out of range
     */
    public Builder add(ReplicaId replica, long from, long to) {
      collected.computeIfAbsent(replica, r -> new ArrayList<>()).add(new CounterRange(from, to));
      return this;
    }

    /**
     * Adds a set.
     *
     * @param known the set
     * @return this
     */
    public Builder addAll(KnownOperations known) {
      known.ranges.forEach(
          (replica, list) ->
              collected.computeIfAbsent(replica, r -> new ArrayList<>()).addAll(list));
      return this;
    }

    /**
     * Returns the set of what was added.
     *
     * @return the set
     */
    public KnownOperations build() {
      if (collected.isEmpty()) {
        return NONE;
      }
      SortedMap<ReplicaId, List<CounterRange>> normalized = new TreeMap<>();
      collected.forEach((replica, list) -> normalized.put(replica, normalize(list)));
      return new KnownOperations(normalized);
    }

    private static List<CounterRange> normalize(List<CounterRange> list) {
      List<CounterRange> sorted = new ArrayList<>(list);
      sorted.sort(Comparator.comparingLong(CounterRange::from));
      List<CounterRange> merged = new ArrayList<>(sorted.size());
      long from = sorted.get(0).from();
      long to = sorted.get(0).to();
      for (CounterRange range : sorted) {
        if (range.from() > to + 1) {
          merged.add(new CounterRange(from, to));
          from = range.from();
        }
        to = Math.max(to, range.to());
      }
      merged.add(new CounterRange(from, to));
      return List.copyOf(merged);
    }
  }
}

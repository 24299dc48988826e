package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pending operations, cut into bounded steps. Each step knows the frontier that it leaves, so
 * that every state between two steps is a consistent one (rule R8).
 */
final class Backlog {
  private final Deque<Step> steps = new ArrayDeque<>();

  /**
   * A run of pending operations in position order.
   *
   * @param last the position of its last operation
   * @param count how many there are
   * @param frontierAfter the smallest key among the operations behind it; null when it is the last
   */
  record Step(Position last, int count, @Nullable CanonicalKey frontierAfter) {}

  /** Collects the keys of pending operations; give them in position order. */
  static final class Builder {
    private final List<Position> lasts = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final List<CanonicalKey> smallest = new ArrayList<>();
    private final int stepSize;
    private long operations;
    private @Nullable CanonicalKey largest;

    /**
     * Begins without any operation.
     *
     * @param stepSize how many operations one step brings into the tree: bounds its memory, and the
     *     length of its transaction where steps have one each
     */
    Builder(int stepSize) {
      this.stepSize = stepSize;
    }

    void add(LoggedOperation logged) {
      CanonicalKey key = logged.operation().key();
      operations++;
      largest = largest == null || key.compareTo(largest) > 0 ? key : largest;
      int step = lasts.size() - 1;
      if (step < 0 || counts.get(step) == stepSize) {
        lasts.add(logged.position());
        counts.add(1);
        smallest.add(key);
      } else {
        lasts.set(step, logged.position());
        counts.set(step, counts.get(step) + 1);
        smallest.set(step, Collections.min(List.of(smallest.get(step), key)));
      }
    }

    /** How many operations there are. */
    long operations() {
      return operations;
    }

    /** The largest key, or null when there are none. */
    @Nullable CanonicalKey largest() {
      return largest;
    }

    /** The last version, or 0 when there are none. */
    long lastVersion() {
      return lasts.isEmpty() ? 0 : lasts.get(lasts.size() - 1).version();
    }

    Backlog build() {
      Backlog backlog = new Backlog();
      CanonicalKey frontier = null;
      for (int step = lasts.size() - 1; step >= 0; step--) {
        backlog.steps.push(new Step(lasts.get(step), counts.get(step), frontier));
        CanonicalKey least = smallest.get(step);
        frontier = frontier == null || least.compareTo(frontier) < 0 ? least : frontier;
      }
      return backlog;
    }
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  Step peek() {
    return steps.element();
  }

  Step take() {
    return steps.pop();
  }
}

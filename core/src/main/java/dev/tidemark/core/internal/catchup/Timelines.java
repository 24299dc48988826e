package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The effective timelines of nodes: under which parent a node is, from which canonical key on, as
 * the tree had it before this catch-up and as it has it now. Told of in steps, while structural
 * operations are folded: per node each of its operations, ascending, from the first one on that is
 * new or is decided again. So nothing is read for it that the fold does not read anyway.
 *
 * <p>Only what differs is kept, so memory does not grow with the operations that a replay visits;
 * of nodes with new content operations (payload writes, deletes) all steps are.
 */
final class Timelines {
  /** Nodes of which every step is kept, because content operations in this batch ask for it. */
  private final Set<NodeId> asked;

  private final Map<NodeId, Timeline> timelines = new HashMap<>();
  private final List<Membership> changed = new ArrayList<>();

  Timelines(Set<NodeId> asked) {
    this.asked = asked;
  }

  /**
   * The parents that an operation belongs to: those of its node just before and just after it.
   * Either may be null, and both may be one.
   */
  record Parents(@Nullable NodeId before, @Nullable NodeId after) {
    static final Parents NONE = new Parents(null, null);

    static Parents of(@Nullable NodeId parent) {
      return parent == null ? NONE : new Parents(parent, parent);
    }

    boolean contains(NodeId parent) {
      return parent.equals(before) || parent.equals(after);
    }

    /** Returns those that another one does not contain. */
    List<NodeId> without(Parents other) {
      List<NodeId> rest = new ArrayList<>(2);
      if (before != null && !other.contains(before)) {
        rest.add(before);
      }
      if (after != null && !after.equals(before) && !other.contains(after)) {
        rest.add(after);
      }
      return rest;
    }
  }

  /** What an operation belonged to and belongs to now. */
  record Membership(CanonicalKey key, Parents was, Parents now) {
    boolean isChanged() {
      return !was.without(now).isEmpty() || !now.without(was).isEmpty();
    }
  }

  /** Where a node was and is, from a key on until the next span. */
  record Span(@Nullable NodeId was, @Nullable NodeId now) {
    boolean isChanged() {
      return !Objects.equals(was, now);
    }
  }

  /** The part of a node's timeline that was told of. */
  static final class Timeline {
    private final CanonicalKey first;
    private final @Nullable PlacementRow start;
    private final NavigableMap<CanonicalKey, Span> spans = new TreeMap<>();
    private Span last;

    Timeline(CanonicalKey first, @Nullable PlacementRow start) {
      this.first = first;
      this.start = start;
      NodeId parent = start == null ? null : start.parent();
      this.last = new Span(parent, parent);
    }

    /** The first key that was told of; what is before it is as it was. */
    CanonicalKey first() {
      return first;
    }

    /** The placement just before the first key. */
    @Nullable PlacementRow start() {
      return start;
    }

    /** The spans that are kept, by the key that each begins with. */
    NavigableMap<CanonicalKey, Span> spans() {
      return spans;
    }

    /** The first key at which the node is elsewhere than it was, or null. */
    @Nullable CanonicalKey firstChange() {
      for (Map.Entry<CanonicalKey, Span> span : spans.entrySet()) {
        if (span.getValue().isChanged()) {
          return span.getKey();
        }
      }
      return null;
    }
  }

  /**
   * Tells of one structural operation.
   *
   * @param operation the operation; its flag is the outcome that it had before
   * @param isNew whether the tree did not have it before
   * @param isEffective whether it is effective now
   * @param placement the placement of its node just before it, as it is now
   */
  void step(
      StructuralRow operation,
      boolean isNew,
      boolean isEffective,
      @Nullable PlacementRow placement) {
    Timeline timeline =
        timelines.computeIfAbsent(
            operation.node(), node -> new Timeline(operation.key(), placement));
    Span before = timeline.last;
    boolean wasEffective = !isNew && operation.isEffective();
    Span after =
        new Span(
            wasEffective ? operation.parent() : before.was(),
            isEffective ? operation.parent() : before.now());
    if (asked.contains(operation.node()) || before.isChanged() || after.isChanged()) {
      timeline.spans.put(operation.key(), after);
    }
    timeline.last = after;
    if (!isNew && !before.isChanged() && !after.isChanged()) {
      return;
    }
    Membership membership =
        new Membership(
            operation.key(),
            isNew ? Parents.NONE : new Parents(before.was(), after.was()),
            new Parents(before.now(), after.now()));
    if (membership.isChanged()) {
      changed.add(membership);
    }
  }

  @Nullable Timeline of(NodeId node) {
    return timelines.get(node);
  }

  Map<NodeId, Timeline> all() {
    return timelines;
  }

  /** The structural operations that belong to other parents than before, new ones among them. */
  Collection<Membership> changed() {
    return changed;
  }
}

package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StructuralRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
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
 * and what stands just before the new content operations (payload writes, deletes) of the batch.
 */
final class Timelines {
  private static final NavigableSet<CanonicalKey> NONE = Collections.emptyNavigableSet();

  /** The content operations of the batch, which ask where their node is. */
  private final Map<NodeId, NavigableSet<CanonicalKey>> asked;

  private final boolean isKept;
  private final Set<NodeId> inPart = new HashSet<>();
  private final Map<NodeId, Timeline> timelines = new HashMap<>();
  private final List<Membership> changed = new ArrayList<>();

  Timelines(Map<NodeId, NavigableSet<CanonicalKey>> asked) {
    this(asked, true);
  }

  private Timelines(Map<NodeId, NavigableSet<CanonicalKey>> asked, boolean isKept) {
    this.asked = asked;
    this.isKept = isKept;
  }

  /** For those who keep no parent index: nothing has to be told. */
  static Timelines unkept() {
    return new Timelines(Map.of(), false);
  }

  /** Whether telling is of any use. */
  boolean isKept() {
    return isKept;
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
    private CanonicalKey lastKey;
    private Span last;

    Timeline(CanonicalKey first, @Nullable PlacementRow start) {
      this.first = first;
      this.lastKey = first;
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

    /** Goes on to the next operation; a span that nobody asks for is forgotten. */
    private void add(CanonicalKey key, Span span, NavigableSet<CanonicalKey> questions) {
      CanonicalKey question = questions.higher(lastKey);
      if (question != null && question.compareTo(key) < 0) {
        spans.put(lastKey, last);
      }
      if (last.isChanged() || span.isChanged()) {
        spans.put(key, span);
      }
      lastKey = key;
      last = span;
    }

    /** The span that a content operation of the batch stands in, if not before all of them. */
    Map.@Nullable Entry<CanonicalKey, Span> at(CanonicalKey question) {
      return question.compareTo(lastKey) > 0
          ? Map.entry(lastKey, last)
          : spans.floorEntry(question);
    }

    /** The spans in which the node is elsewhere than it was, with the parts of its history. */
    Map<HistoryRange, Span> changes(NodeId node) {
      Map<HistoryRange, Span> changes = new LinkedHashMap<>();
      spans.forEach(
          (from, span) -> {
            if (span.isChanged()) {
              changes.put(new HistoryRange(node, from, spans.higherKey(from)), span);
            }
          });
      return changes;
    }
  }

  /**
   * Announces that of a node's logged operations only those are told of that stand next to a new
   * one: all that belong to another parent, as none of them is decided again.
   */
  void tellInPart(NodeId node) {
    inPart.add(node);
  }

  boolean isToldInPart(NodeId node) {
    return inPart.contains(node);
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
    if (!isKept) {
      return;
    }
    Timeline timeline =
        timelines.computeIfAbsent(
            operation.node(), node -> new Timeline(operation.key(), placement));
    Span before = timeline.last;
    boolean wasEffective = !isNew && operation.isEffective();
    Span after =
        new Span(
            wasEffective ? operation.parent() : before.was(),
            isEffective ? operation.parent() : before.now());
    timeline.add(operation.key(), after, asked.getOrDefault(operation.node(), NONE));
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

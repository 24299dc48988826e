package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Step 8: the net visible changes. Several steps of one catch-up add up: of each node the state
 * before the first and after the last counts.
 */
final class NetChanges {
  private final Map<NodeId, BeforeAndAfter> nodes = new LinkedHashMap<>();
  private final boolean isWanted;

  /** Collects changes, or nothing where nobody wants them. */
  NetChanges(boolean isWanted) {
    this.isWanted = isWanted;
  }

  private record Sight(NodeRow row, boolean isVisible) {}

  private record BeforeAndAfter(Sight before, Sight after) {}

  /** Adds what one step changed, from its working tree. */
  void add(WorkingTree tree, Collection<NodeId> touched) {
    if (!isWanted) {
      return;
    }
    Visibility visibleBefore = new Visibility(tree::before);
    Visibility visibleNow = new Visibility(tree::now);
    Deque<NodeId> open = new ArrayDeque<>();
    for (NodeId node : List.copyOf(touched)) {
      if (isChanged(tree.before(node), tree.now(node))) {
        open.add(node);
      }
    }
    Set<NodeId> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      NodeId node = open.remove();
      boolean before = visibleBefore.isVisible(node);
      boolean now = visibleNow.isVisible(node);
      note(node, new Sight(tree.before(node), before), new Sight(tree.now(node), now));
      if (before != now && tree.now(node).isInner()) {
        tree.allChildren(
            node,
            child -> {
              if (seen.add(child)) {
                open.add(child);
              }
              return true;
            });
      }
    }
  }

  private static boolean isChanged(NodeRow before, NodeRow now) {
    return before.isTombstoned() != now.isTombstoned()
        || !Objects.equals(before.placement(), now.placement())
        || !Objects.equals(before.payload(), now.payload());
  }

  private void note(NodeId node, Sight before, Sight now) {
    BeforeAndAfter earlier = nodes.get(node);
    nodes.put(node, new BeforeAndAfter(earlier == null ? before : earlier.before(), now));
  }

  /** Returns the changes, a parent before its children among those that became visible. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    Set<NodeId> done = new HashSet<>();
    for (NodeId node : nodes.keySet()) {
      Deque<BeforeAndAfter> chain = new ArrayDeque<>();
      BeforeAndAfter current = nodes.get(node);
      while (current != null && done.add(current.after().row().node())) {
        chain.push(current);
        PlacementRow placement = current.after().row().placement();
        current = placement == null ? null : nodes.get(placement.parent());
      }
      for (BeforeAndAfter next : chain) {
        describe(next, changes);
      }
    }
    return changes;
  }

  private static void describe(BeforeAndAfter sights, List<Change> changes) {
    NodeId node = sights.after().row().node();
    Sight before = sights.before();
    Sight after = sights.after();
    PlacementRow placement = after.row().placement();
    if (!after.isVisible()) {
      if (before.isVisible()) {
        changes.add(new Change.Deleted(node));
      }
      return;
    }
    PlacementRow oldPlacement = before.row().placement();
    if (!before.isVisible() && placement != null) {
      changes.add(
          oldPlacement == null
              ? new Change.Inserted(node, placement.parent(), placement.orderKey())
              : new Change.Restored(node, placement.parent(), placement.orderKey()));
      return;
    }
    // The root is visible without a placement, and may have a payload.
    if (placement != null && oldPlacement != null && isElsewhere(oldPlacement, placement)) {
      changes.add(
          new Change.Moved(node, oldPlacement.parent(), placement.parent(), placement.orderKey()));
    }
    if (isPayloadChanged(before.row().payload(), after.row().payload())) {
      changes.add(new Change.PayloadChanged(node));
    }
  }

  private static boolean isElsewhere(PlacementRow before, PlacementRow now) {
    return !before.parent().equals(now.parent()) || !before.orderKey().equals(now.orderKey());
  }

  /** Clearing what was clear shows nothing; every other write is a change of its own. */
  private static boolean isPayloadChanged(@Nullable PayloadRow before, @Nullable PayloadRow now) {
    boolean wasPresent = before != null && before.isPresent();
    boolean isPresent = now != null && now.isPresent();
    return (wasPresent || isPresent) && !Objects.equals(before, now);
  }
}

package dev.tidemark.core.internal.catchup;

import dev.tidemark.api.NodeId;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Which nodes are visible: those whose chain reaches the root with no tombstone on it. Remembers
 * what it found, so that many nodes below one cost one walk.
 */
final class Visibility {
  private final Function<NodeId, NodeRow> rows;
  private final Map<NodeId, Boolean> known = new HashMap<>();

  Visibility(Function<NodeId, NodeRow> rows) {
    this.rows = rows;
    known.put(NodeId.ROOT, true);
  }

  boolean isVisible(NodeId node) {
    Deque<NodeId> open = new ArrayDeque<>();
    NodeId current = node;
    Boolean visible = known.get(current);
    while (visible == null) {
      NodeRow row = rows.apply(current);
      PlacementRow placement = row.placement();
      open.push(current);
      if (row.isTombstoned() || placement == null) {
        visible = false;
      } else {
        if (open.size() > WorkingTree.STEP_LIMIT) {
          throw WorkingTree.endless(node);
        }
        current = placement.parent();
        visible = known.get(current);
      }
    }
    // A hidden node hides only what is below it: the stack holds nothing above it.
    for (NodeId below : open) {
      known.put(below, visible);
    }
    return visible;
  }
}

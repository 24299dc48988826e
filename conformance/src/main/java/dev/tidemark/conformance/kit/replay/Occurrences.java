package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.conformance.model.ReferenceTree;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the hard cases that a run met, so that it cannot pass by meeting none. */
final class Occurrences {
  /** With fewer cases than this a rare one may be missing by chance. */
  private static final long ENOUGH = 1_000;

  private static final List<String> EXPECTED =
      List.of(
          "path IN_ORDER",
          "path COMMUTING",
          "path FRESH_SUBTREE",
          "path REPLAYED",
          "change Inserted",
          "change Moved",
          "change Deleted",
          "change Restored",
          "change PayloadChanged",
          "known before",
          "deferred",
          "stopped by the limit",
          "stopped midway by the limit",
          "append failed",
          "interrupted",
          "interrupted midway",
          "reopened while pending",
          "rebuilt while pending",
          "verified while pending",
          "changed in several steps",
          "gained a parent later",
          "lost a parent later",
          "skipped as a cycle",
          "tombstoned",
          "hidden without a tombstone",
          "visible in spite of a delete");

  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  void add(AppendResult result) {
    count("path " + result.catchUp().path(), 1);
    count("known before", result.known());
    count("deferred", result.frontier().isPresent() ? 1 : 0);
    for (Change change : result.changes().changes()) {
      count("change " + change.getClass().getSimpleName(), 1);
    }
  }

  void add(ReferenceTree tree) {
    count("skipped as a cycle", tree.ineffective().size());
    count("tombstoned", tree.tombstoned().size());
    count(
        "hidden without a tombstone",
        tree.placements().size() - tree.visible().size() - tree.tombstoned().size());
    count(
        "visible in spite of a delete",
        tree.deletedAt().keySet().stream().filter(node -> tree.node(node).isPresent()).count());
  }

  /** Counts operations that the tree had already and that belong to other parents now. */
  void addMemberships(ReferenceTree before, ReferenceTree after, Collection<NodeId> nodes) {
    // Looking costs more than the rest of this class together.
    boolean isEnough = isCounted("lost a parent later") && isCounted("gained a parent later");
    if (before == after || isEnough) {
      return;
    }
    Set<OperationId> known = new HashSet<>();
    nodes.forEach(node -> known.addAll(before.operationsFor(node)));
    for (NodeId node : nodes) {
      Set<OperationId> then = before.operationsFor(node);
      Set<OperationId> now = after.operationsFor(node);
      count("lost a parent later", then.stream().filter(id -> !now.contains(id)).count());
      count(
          "gained a parent later",
          now.stream().filter(id -> known.contains(id) && !then.contains(id)).count());
    }
  }

  private boolean isCounted(String what) {
    LongAdder count = counts.get(what);
    return count != null && count.sum() >= ENOUGH;
  }

  void count(String what, long times) {
    if (times > 0) {
      counts.computeIfAbsent(what, name -> new LongAdder()).add(times);
    }
  }

  void assertAll(long cases, long seed) {
    if (cases >= ENOUGH) {
      assertThat(counts.keySet())
          .as("hard cases met in %s cases, tidemark.random.seed=%s: %s", cases, seed, counts)
          .containsAll(EXPECTED);
    }
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}

package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.Change;
import dev.tidemark.conformance.model.ReferenceTree;
import java.util.List;
import java.util.Map;
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

  private void count(String what, long times) {
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

package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares net changes with those of the reference model (rule R10). */
final class ChangeComparison {
  private ChangeComparison() {}

  static void assertSame(List<Change> actual, List<Change> expected) {
    // Asked millions of times, so the assertion is built for what differs only.
    if (!new HashSet<>(actual).equals(new HashSet<>(expected))
        || actual.size() != expected.size()) {
      assertThat(actual).as("net changes").containsExactlyInAnyOrderElementsOf(expected);
    }
    requireParentsFirst(actual);
  }

  private static void requireParentsFirst(List<Change> changes) {
    Set<NodeId> appearing = new HashSet<>();
    for (Change change : changes) {
      if (change instanceof Change.Inserted || change instanceof Change.Restored) {
        appearing.add(change.node());
      }
    }
    for (Change change : changes) {
      NodeId parent =
          change instanceof Change.Inserted inserted
              ? inserted.parent()
              : change instanceof Change.Restored restored ? restored.parent() : NodeId.ROOT;
      if (appearing.contains(parent)) {
        throw new AssertionError(change + " stands before its parent in " + changes);
      }
      appearing.remove(change.node());
    }
  }
}

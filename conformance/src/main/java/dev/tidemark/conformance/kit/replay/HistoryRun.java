package dev.tidemark.conformance.kit.replay;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Change;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.history.Batch;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.model.ReferenceTree;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.Subscription;
import dev.tidemark.core.TreeSnapshot;
import dev.tidemark.core.VerificationReport;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets a history happen to an empty document, and compares document and reference model after
 * everything that happens: the result, the tree as it is, the parent index, and what listeners were
 * told.
 */
final class HistoryRun {
  /** To look at each node on its own costs more than the append that it is about. */
  private static final int LOOK_EVERY = 4;

  private final Surroundings surroundings;
  private final Occurrences occurrences;
  private final ExpectedDocument expected = new ExpectedDocument();
  private final List<ChangeSet> told = new ArrayList<>();

  HistoryRun(Document document) {
    this(() -> document, new Occurrences());
  }

  HistoryRun(Surroundings surroundings, Occurrences occurrences) {
    this.surroundings = surroundings;
    this.occurrences = occurrences;
    listen(surroundings.document());
  }

  private void listen(Document document) {
    document.listen(told::add);
  }

  /** Lets all of it happen, and now and then looks at every node when the tree is up to date. */
  List<AppendResult> run(History history) {
    List<AppendResult> results = new ArrayList<>();
    for (Batch batch : history.batches()) {
      if (batch.handling().isUpkeep()) {
        upkeep(batch);
      } else {
        results.add(append(batch));
      }
      if (expected.pending() == 0 && results.size() % LOOK_EVERY == 0) {
        assertSameTree(1 + results.size() % 3);
      }
    }
    if (expected.pending() == 0) {
      assertSameTree(2);
    }
    return results;
  }

  /** Appends a batch, and compares what the result says. */
  AppendResult append(Batch batch) {
    return switch (batch.handling()) {
      case DEFERRED -> append(batch, CatchUpPolicy.deferred());
      case LIMITED -> append(batch, CatchUpPolicy.immediateUpTo(batch.number()));
      case FAILING -> appendFailing(batch);
      default -> append(batch, CatchUpPolicy.immediate());
    };
  }

  private AppendResult append(Batch batch, CatchUpPolicy policy) {
    List<Operation> fresh = expected.fresh(batch.operations());
    long late = expected.late(fresh);
    AppendResult result = surroundings.document().append(batch.operations(), policy);
    expected.append(fresh);
    require(result.version() == expected.version(), "version %s", result.version());
    require(result.appended() == fresh.size(), "appended %s", result.appended());
    require(result.known() == batch.operations().size() - fresh.size(), "known %s", result.known());
    require(result.late() == late, "late %s, expected %s", result.late(), late);

    int left = (int) result.frontier().map(ReplayFrontier::pending).orElse(0L).longValue();
    switch (batch.handling()) {
      case DEFERRED -> require(left == expected.pending(), "%s left of a deferred append", left);
      case LIMITED -> {
        require(left <= expected.pending(), "%s left of a limited append", left);
        occurrences.count("stopped by the limit", left == 0 ? 0 : 1);
        occurrences.count(
            "stopped midway by the limit", left > 0 && left < expected.pending() ? 1 : 0);
      }
      default -> require(left == 0, "%s left of an immediate append", left);
    }
    List<Change> changes = advance(left);
    ChangeComparison.assertSame(result.changes().changes(), changes);
    requireTold(changes.isEmpty() ? List.of() : List.of(changes));
    requireAsItIs();
    occurrences.add(result);
    return result;
  }

  /** A try that a storage call ends leaves everything as it was. */
  private AppendResult appendFailing(Batch batch) {
    Document failing = surroundings.failingAt(batch.number());
    try {
      failing.append(batch.operations());
      occurrences.count("failed after the append", 1);
      expected.append(expected.fresh(batch.operations()));
      advance(0);
    } catch (TidemarkException e) {
      require(e.code() == ErrorCode.STORAGE_FAILED, "failed with %s", e);
      occurrences.count("append failed", 1);
    }
    requireAsItIs();
    return append(batch, CatchUpPolicy.immediate());
  }

  private void upkeep(Batch batch) {
    int before = expected.pending();
    switch (batch.handling()) {
      case MATERIALIZE -> {
        long done = surroundings.document().ensureMaterialized().operations();
        require(done == before, "%s materialized of %s", done, before);
        requireSteps(0);
      }
      case REBUILD -> {
        surroundings.document().rebuild();
        occurrences.count("rebuilt while pending", before > 0 ? 1 : 0);
        requireSteps(0);
      }
      case INTERRUPT -> interrupt(batch.number());
      case REOPEN -> {
        surroundings.reopen();
        listen(surroundings.document());
        occurrences.count("reopened while pending", before > 0 ? 1 : 0);
      }
      default -> {
        verify();
        occurrences.count("verified while pending", before > 0 ? 1 : 0);
      }
    }
    requireAsItIs();
  }

  private void interrupt(int call) {
    int before = expected.pending();
    Document failing = surroundings.failingAt(call);
    Subscription registration = failing.listen(told::add);
    try {
      failing.ensureMaterialized();
    } catch (TidemarkException e) {
      require(e.code() == ErrorCode.STORAGE_FAILED, "failed with %s", e);
    }
    registration.close();
    int left = pendingNow();
    require(left <= before, "%s pending after %s", left, before);
    occurrences.count("interrupted", left > 0 ? 1 : 0);
    occurrences.count("interrupted midway", left > 0 && left < before ? 1 : 0);
    requireSteps(left);
  }

  private int pendingNow() {
    return (int)
        surroundings
            .document()
            .status()
            .frontier()
            .map(ReplayFrontier::pending)
            .orElse(0L)
            .longValue();
  }

  /** Listeners were told of each step. */
  private void requireSteps(int left) {
    List<List<Change>> steps = new ArrayList<>();
    while (expected.pending() > left) {
      int next = Math.max(left, expected.pending() - surroundings.step());
      List<Change> changes = advance(next);
      if (!changes.isEmpty()) {
        steps.add(changes);
      }
    }
    occurrences.count("changed in several steps", steps.size() > 1 ? 1 : 0);
    requireTold(steps);
  }

  private List<Change> advance(int left) {
    ReferenceTree before = expected.tree();
    List<Change> changes = expected.advance(left);
    occurrences.addMemberships(before, expected.tree(), expected.nodes());
    return changes;
  }

  private void requireTold(List<List<Change>> changes) {
    require(told.size() == changes.size(), "told %s, expected %s", told, changes);
    for (int i = 0; i < changes.size(); i++) {
      ChangeComparison.assertSame(told.get(i).changes(), changes.get(i));
    }
    told.clear();
  }

  /** The tree that is stored, brought up to date or not, and its parent index. */
  private void requireAsItIs() {
    try (TreeSnapshot snapshot = surroundings.document().snapshot(ReadMode.AS_IS)) {
      requireFrontier(snapshot);
      TreeComparison comparison = new TreeComparison(snapshot, expected.tree());
      comparison.assertSameListing();
      for (NodeId parent : expected.nodes()) {
        comparison.assertSameOperations(parent, expected.operationsFor(parent), Integer.MAX_VALUE);
      }
    }
  }

  private void requireFrontier(TreeSnapshot snapshot) {
    require(snapshot.version() == expected.version(), "version %s", snapshot.version());
    require(
        snapshot.frontier().map(ReplayFrontier::pending).orElse(0L) == expected.pending(),
        "frontier %s, expected %s pending",
        snapshot.frontier(),
        expected.pending());
    require(
        snapshot.frontier().map(ReplayFrontier::key).equals(expected.frontier()),
        "frontier %s, expected %s",
        snapshot.frontier(),
        expected.frontier());
  }

  private void verify() {
    VerificationReport report = surroundings.document().verify(ProgressListener.NONE);
    require(report.isIdentical(), "verification found %s", report.differences());
  }

  /** Compares the whole tree, brought up to date if need be, by everything a reader can ask for. */
  void assertSameTree(int pageSize) {
    try (TreeSnapshot snapshot = surroundings.document().snapshot()) {
      requireSteps(0);
      requireFrontier(snapshot);
      TreeComparison comparison = new TreeComparison(snapshot, expected.tree());
      comparison.assertSameListing();
      comparison.assertSameNodes(expected.nodes(), pageSize);
      for (NodeId parent : expected.nodes()) {
        comparison.assertSameOperations(parent, expected.operationsFor(parent), pageSize);
      }
    }
  }

  ReferenceTree tree() {
    return expected.tree();
  }

  int pending() {
    return expected.pending();
  }

  private static void require(boolean holds, String message, Object... details) {
    if (!holds) {
      throw new AssertionError(String.format(message, details));
    }
  }
}

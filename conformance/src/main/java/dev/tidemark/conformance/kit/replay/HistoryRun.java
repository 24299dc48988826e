package dev.tidemark.conformance.kit.replay;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Change;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.ReplayFrontier;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.model.ReferenceModel;
import dev.tidemark.conformance.model.ReferenceTree;
import dev.tidemark.core.Document;
import dev.tidemark.core.ReadMode;
import dev.tidemark.core.TreeSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Appends a history to an empty document and compares document and reference model after every
 * append.
 */
final class HistoryRun {
  private final Document document;
  private final ReferenceModel model = new ReferenceModel();
  private final Set<OperationId> logged = new HashSet<>();
  private final Set<NodeId> nodes = new TreeSet<>();
  private final List<Operation> pending = new ArrayList<>();
  private ReferenceTree materialized = ReferenceTree.EMPTY;
  private long version;

  HistoryRun(Document document) {
    this.document = document;
  }

  /** Appends all batches, with one look at the whole tree after each that is not deferred. */
  List<AppendResult> run(History history) {
    List<AppendResult> results = new ArrayList<>();
    for (History.Batch batch : history.batches()) {
      results.add(append(batch));
      if (!batch.isDeferred()) {
        assertSameTree(1 + results.size() % 3);
      }
    }
    return results;
  }

  /** Appends a batch, and compares what the result says. */
  AppendResult append(History.Batch batch) {
    return append(
        batch.operations(),
        batch.isDeferred() ? CatchUpPolicy.deferred() : CatchUpPolicy.immediate());
  }

  AppendResult append(List<Operation> batch, CatchUpPolicy policy) {
    return append(batch, policy, policy instanceof CatchUpPolicy.Deferred);
  }

  /** Appends a batch that is deferred against its policy, for want of work that it may do. */
  AppendResult appendLeavingTree(List<Operation> batch, CatchUpPolicy policy) {
    return append(batch, policy, true);
  }

  private AppendResult append(List<Operation> batch, CatchUpPolicy policy, boolean isTreeLeft) {
    Map<OperationId, Operation> fresh = new HashMap<>();
    batch.forEach(operation -> fresh.putIfAbsent(operation.id(), operation));
    fresh.keySet().removeAll(logged);
    long late = lateOf(fresh);
    AppendResult result = document.append(batch, policy);

    model.add(batch);
    logged.addAll(fresh.keySet());
    batch.forEach(operation -> nodes.add(operation.node()));
    pending.addAll(fresh.values());
    version += fresh.isEmpty() ? 0 : 1;
    require(result.version() == version, "version %s, expected %s", result.version(), version);
    require(result.appended() == fresh.size(), "appended %s", result.appended());
    require(result.known() == batch.size() - fresh.size(), "known %s", result.known());
    require(result.late() == late, "late %s, expected %s", result.late(), late);
    if (isTreeLeft) {
      compareDeferred(result);
    } else {
      require(result.frontier().isEmpty(), "frontier %s", result.frontier());
      compareChanges(result.changes().changes());
    }
    return result;
  }

  private long lateOf(Map<OperationId, Operation> fresh) {
    List<Operation> before = model.operations();
    return before.isEmpty()
        ? 0
        : fresh.values().stream()
            .filter(o -> o.key().compareTo(before.get(before.size() - 1).key()) < 0)
            .count();
  }

  private void compareDeferred(AppendResult result) {
    require(result.changes().isEmpty(), "changes %s of a deferred append", result.changes());
    require(
        result.frontier().map(ReplayFrontier::pending).orElse(0L) == pending.size(),
        "frontier %s, expected %s pending",
        result.frontier(),
        pending.size());
    pending.stream()
        .map(Operation::key)
        .min(Comparator.naturalOrder())
        .ifPresent(
            least ->
                require(
                    result.frontier().map(ReplayFrontier::key).filter(least::equals).isPresent(),
                    "frontier %s, expected %s",
                    result.frontier(),
                    least));
    try (TreeSnapshot snapshot = document.snapshot(ReadMode.AS_IS)) {
      new TreeComparison(snapshot, materialized).assertSameListing();
    }
  }

  private void compareChanges(List<Change> changes) {
    ReferenceTree now = model.fold();
    ChangeComparison.assertSame(changes, materialized, now);
    materialized = now;
    pending.clear();
  }

  /** Compares the whole tree, brought up to date if need be, by everything a reader can ask for. */
  void assertSameTree(int pageSize) {
    try (TreeSnapshot snapshot = document.snapshot()) {
      if (!pending.isEmpty()) {
        materialized = model.fold();
        pending.clear();
      }
      TreeComparison comparison = new TreeComparison(snapshot, materialized);
      comparison.assertSameListing();
      comparison.assertSameNodes(nodes, pageSize);
      require(snapshot.frontier().isEmpty(), "frontier %s of a snapshot", snapshot.frontier());
      require(snapshot.version() == version, "version %s of a snapshot", snapshot.version());
    }
  }

  ReferenceTree tree() {
    return materialized;
  }

  private static void require(boolean holds, String message, Object... details) {
    if (!holds) {
      throw new AssertionError(String.format(message, details));
    }
  }
}

package dev.tidemark.conformance.kit.replay;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Change;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.model.ReferenceModel;
import dev.tidemark.conformance.model.ReferenceTree;
import dev.tidemark.conformance.model.TreeDifference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a document should hold: its log in the order of arrival, and the tree of as much of it as
 * the stored tree reflects, which is always a beginning of the log.
 */
final class ExpectedDocument {
  private static final Comparator<LoggedOperation> BY_POSITION =
      Comparator.comparing(LoggedOperation::position);

  private final List<LoggedOperation> log = new ArrayList<>();
  private final Map<OperationId, LoggedOperation> byId = new HashMap<>();
  private final Map<NodeId, List<LoggedOperation>> shaped = new HashMap<>();
  private final Set<NodeId> nodes = new TreeSet<>(Set.of(NodeId.ROOT));
  private final ReferenceModel reflected = new ReferenceModel();
  private ReferenceTree tree = ReferenceTree.EMPTY;
  private int materialized;
  private long version;
  private @Nullable CanonicalKey head;

  /** Returns the operations of a batch that are not in the log. */
  List<Operation> fresh(List<Operation> batch) {
    Map<OperationId, Operation> fresh = new HashMap<>();
    List<Operation> inOrder = new ArrayList<>();
    for (Operation operation : batch) {
      if (!byId.containsKey(operation.id()) && fresh.put(operation.id(), operation) == null) {
        inOrder.add(operation);
      }
    }
    return inOrder;
  }

  /** How many of some operations are below the head. */
  long late(List<Operation> fresh) {
    CanonicalKey largest = head;
    return largest == null
        ? 0
        : fresh.stream().filter(operation -> operation.key().compareTo(largest) < 0).count();
  }

  /** Logs operations as one version. */
  void append(List<Operation> fresh) {
    if (!fresh.isEmpty()) {
      version++;
    }
    int sequence = 0;
    for (Operation operation : fresh) {
      LoggedOperation logged = new LoggedOperation(new Position(version, sequence++), operation);
      log.add(logged);
      byId.put(operation.id(), logged);
      head = head == null || operation.key().compareTo(head) > 0 ? operation.key() : head;
      nodes.add(operation.node());
      if (operation instanceof Operation.Structural structural) {
        nodes.add(structural.parent());
      }
    }
  }

  /** Brings the tree forward until so many operations are pending; returns the net changes. */
  List<Change> advance(int pending) {
    ReferenceTree before = tree;
    int reached = log.size() - pending;
    if (reached == materialized) {
      return List.of();
    }
    List<Operation> added = new ArrayList<>();
    log.subList(materialized, reached).forEach(logged -> added.add(logged.operation()));
    tree = reflected.add(added).fold();
    materialized = reached;
    shaped.clear();
    return TreeDifference.between(before, tree);
  }

  int pending() {
    return log.size() - materialized;
  }

  /** The smallest key among the pending operations. */
  Optional<CanonicalKey> frontier() {
    return log.subList(materialized, log.size()).stream()
        .map(logged -> logged.operation().key())
        .min(Comparator.naturalOrder());
  }

  /** The operations of the parent index, in position order. */
  List<LoggedOperation> operationsFor(NodeId parent) {
    return shaped.computeIfAbsent(
        parent, p -> tree.operationsFor(p).stream().map(byId::get).sorted(BY_POSITION).toList());
  }

  ReferenceTree tree() {
    return tree;
  }

  long version() {
    return version;
  }

  /** The root, and all nodes that operations touch or name as parent. */
  Collection<NodeId> nodes() {
    return nodes;
  }
}

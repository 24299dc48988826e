package dev.tidemark.conformance.memory;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Limits;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** Reads the rows that were committed when it began; nobody changes them any more. */
class MemoryReadTransaction implements ReadTransaction {
  private final InMemoryBackend backend;
  private final DocumentId document;
  private final Rows rows;
  private boolean isClosed;

  MemoryReadTransaction(InMemoryBackend backend, DocumentId document, Rows rows) {
    this.backend = backend;
    this.document = document;
    this.rows = rows;
  }

  /** The rows, unless the transaction or its store is closed. */
  final Rows rows() {
    backend.checkOpen();
    if (isClosed) {
      throw TidemarkException.of(ErrorCode.CLOSED).with(Detail.DOCUMENT, document).build();
    }
    return rows;
  }

  /** Refuses a limit that lets nothing through. */
  final void checkLimit(int limit) {
    rows();
    if (limit < 1) {
      throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
          .with(Detail.PROBLEM, "a limit of " + limit)
          .with(Detail.REMEDY, "ask for 1 or more")
          .build();
    }
  }

  @Override
  public DocumentId document() {
    return document;
  }

  @Override
  public DocumentState state() {
    return rows().state;
  }

  @Override
  public void scanLog(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor) {
    for (LoggedOperation operation : rows().log.tailMap(from, true).values()) {
      if (operation.position().version() > throughVersion || !visitor.visit(operation)) {
        return;
      }
    }
  }

  @Override
  public Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids) {
    return lookUp(ids, rows().byId::get);
  }

  @Override
  public Map<OperationId, Position> positions(Collection<OperationId> ids) {
    return lookUp(
        ids,
        id -> {
          LoggedOperation logged = rows().byId.get(id);
          return logged == null ? null : logged.position();
        });
  }

  @Override
  public Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit) {
    checkLimit(limit);
    return lookUp(ranges, range -> first(part(rows().content, range), limit));
  }

  /** The part of a node's history that a range has. */
  private static <T> NavigableMap<CanonicalKey, T> part(
      TreePMap<NodeId, TreePMap<CanonicalKey, T>> histories, HistoryRange range) {
    NavigableMap<CanonicalKey, T> history = Rows.entries(histories, range.node());
    CanonicalKey after = range.after();
    CanonicalKey before = range.before();
    if (after != null && before != null && after.compareTo(before) >= 0) {
      return TreePMap.empty();
    }
    NavigableMap<CanonicalKey, T> rest = after == null ? history : history.tailMap(after, false);
    return before == null ? rest : rest.headMap(before, false);
  }

  private static <T> @Nullable List<T> first(NavigableMap<CanonicalKey, T> part, int limit) {
    List<T> rows = part.values().stream().limit(limit).toList();
    return rows.isEmpty() ? null : rows;
  }

  @Override
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    return lookUp(
        replicas,
        replica -> {
          OperationId last = rows().byId.floorKey(new OperationId(replica, Limits.MAX_COUNT));
          return last == null || !last.replica().equals(replica) ? null : last.counter();
        });
  }

  @Override
  public Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes) {
    return lookUp(nodes, rows().nodes::get);
  }

  @Override
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    Map<NodeId, NodeRow> found = new HashMap<>();
    for (NodeId node : nodes) {
      NodeRow row = rows().nodes.get(node);
      // Stops where another chain has been, and so at the second turn of a cycle as well.
      while (row != null && found.put(row.node(), row) == null) {
        PlacementRow placement = row.placement();
        row = placement == null ? null : rows().nodes.get(placement.parent());
      }
    }
    return found;
  }

  @Override
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    checkLimit(limit);
    NavigableMap<SiblingKey, NodeId> siblings = Rows.entries(rows().children, parent);
    return page(after == null ? siblings : siblings.tailMap(after, false), limit);
  }

  @Override
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    checkLimit(limit);
    NavigableMap<SiblingKey, NodeId> siblings = Rows.entries(rows().children, parent);
    NavigableMap<SiblingKey, NodeId> earlier =
        before == null ? siblings : siblings.headMap(before, false);
    return page(earlier.descendingMap(), limit);
  }

  private List<NodeRow> page(NavigableMap<SiblingKey, NodeId> siblings, int limit) {
    return siblings.values().stream().limit(limit).map(rows().nodes::get).toList();
  }

  @Override
  public List<NodeRow> nodesAfter(@Nullable NodeId after, int limit) {
    checkLimit(limit);
    NavigableMap<NodeId, NodeRow> nodes = rows().nodes;
    return (after == null ? nodes : nodes.tailMap(after, false))
        .values().stream().limit(limit).toList();
  }

  @Override
  public Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes) {
    return lookUp(nodes, rows().deletions::get);
  }

  @Override
  public Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit) {
    checkLimit(limit);
    return lookUp(ranges, range -> first(part(rows().structural, range), limit));
  }

  @Override
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    return lookUp(
        ranges,
        range ->
            part(rows().structural, range).descendingMap().values().stream()
                .filter(StructuralRow::isEffective)
                .findFirst()
                .orElse(null));
  }

  @Override
  public List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit) {
    checkLimit(limit);
    return rows().inner.tailMap(from, true).values().stream()
        .takeWhile(row -> row.key().compareTo(through) <= 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    checkLimit(limit);
    return Stream.of(rows().structural, rows().deletions)
        .flatMap(map -> (after == null ? map : map.tailMap(after, false)).keySet().stream())
        .sorted()
        .distinct()
        .limit(limit)
        .toList();
  }

  @Override
  public void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    for (ParentRow row : rows().parents.tailMap(new ParentRow(parent, from), true).keySet()) {
      LoggedOperation operation = rows().log.get(row.position());
      if (!row.parent().equals(parent) || operation == null || !visitor.visit(operation)) {
        return;
      }
    }
  }

  @Override
  public List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit) {
    checkLimit(limit);
    NavigableMap<ParentRow, ParentRow> parents = rows().parents;
    return (after == null ? parents : parents.tailMap(after, false))
        .keySet().stream().limit(limit).toList();
  }

  @Override
  public byte[] readPayload(OperationId operation, long offset, int length) {
    checkLimit(length);
    return PayloadPieces.read(rows().payloads, operation, offset, length);
  }

  @Override
  public Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids) {
    return lookUp(ids, rows().staged::get);
  }

  @Override
  public List<StagedPayload> stagedBefore(long touchedBefore, int limit) {
    checkLimit(limit);
    return rows().staged.values().stream()
        .filter(staged -> staged.touchedAt() < touchedBefore)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return Optional.ofNullable(rows().progress.get(peer));
  }

  @Override
  public void close() {
    isClosed = true;
  }

  private static <K, V> Map<K, V> lookUp(
      Collection<K> keys, Function<? super K, ? extends @Nullable V> table) {
    Map<K, V> found = new HashMap<>();
    for (K key : keys) {
      V value = table.apply(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }
}

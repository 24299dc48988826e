package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
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
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import dev.tidemark.spi.WriteTransaction;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The part of a store that the chunk stream needs, in memory: log, payloads, staged payloads and
 * progress of one document. The kit runs the same code on whole backends.
 */
public final class TestStore implements WriteTransaction, DocumentUnits {
  private final DocumentId document;

  private Rows rows = new Rows();
  private int visited;
  private int units;
  private int payloadReads;

  /** A test may fail the unit of work with this number, in place of its commit. */
  private int failAtUnit = -1;

  public TestStore(DocumentId document) {
    this.document = document;
  }

  private static final class Rows {
    DocumentState state = DocumentState.EMPTY;
    NavigableMap<Position, LoggedOperation> log = new TreeMap<>();
    Map<OperationId, LoggedOperation> byId = new TreeMap<>();
    Map<OperationId, NavigableMap<Long, byte[]>> payloads = new TreeMap<>();
    Map<OperationId, StagedPayload> staged = new TreeMap<>();
    Map<String, SyncProgress> progress = new TreeMap<>();

    Rows copy() {
      Rows copy = new Rows();
      copy.state = state;
      copy.log = new TreeMap<>(log);
      copy.byId = new TreeMap<>(byId);
      payloads.forEach((id, pieces) -> copy.payloads.put(id, new TreeMap<>(pieces)));
      copy.staged = new TreeMap<>(staged);
      copy.progress = new TreeMap<>(progress);
      return copy;
    }
  }

  /** What a unit throws in place of its commit. */
  public static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public <T> T write(Function<WriteTransaction, T> work) {
    Rows before = rows.copy();
    boolean isDone = false;
    try {
      T result = work.apply(this);
      if (units++ == failAtUnit) {
        throw new Crash();
      }
      isDone = true;
      return result;
    } finally {
      if (!isDone) {
        rows = before;
      }
    }
  }

  @Override
  public <T> T read(Function<ReadTransaction, T> work) {
    return work.apply(this);
  }

  public void failAfter(int moreUnits) {
    failAtUnit = units + moreUnits;
  }

  /** How many ranges of payloads were read. */
  public int payloadReads() {
    return payloadReads;
  }

  /** How many log rows were visited. */
  public int visited() {
    return visited;
  }

  public List<StagedPayload> staged() {
    return List.copyOf(rows.staged.values());
  }

  public int pieces(OperationId operation) {
    return rows.payloads.getOrDefault(operation, new TreeMap<>()).size();
  }

  public List<LoggedOperation> log() {
    return List.copyOf(rows.log.values());
  }

  @Override
  public DocumentId document() {
    return document;
  }

  @Override
  public DocumentState state() {
    return rows.state;
  }

  @Override
  public void putState(DocumentState state) {
    rows.state = state;
  }

  @Override
  public void scanLog(Position from, long through, RowVisitor<LoggedOperation> visitor) {
    for (LoggedOperation logged : rows.log.tailMap(from, true).values()) {
      if (logged.position().version() > through) {
        return;
      }
      visited++;
      if (!visitor.visit(logged)) {
        return;
      }
    }
  }

  @Override
  public void appendLog(List<LoggedOperation> operations) {
    for (LoggedOperation logged : operations) {
      rows.log.put(logged.position(), logged);
      rows.byId.put(logged.operation().id(), logged);
    }
  }

  @Override
  public Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids) {
    Map<OperationId, LoggedOperation> found = new TreeMap<>(rows.byId);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public byte[] readPayload(OperationId operation, long offset, int length) {
    payloadReads++;
    byte[] bytes = new byte[length];
    int found = 0;
    Map<Long, byte[]> pieces = rows.payloads.getOrDefault(operation, new TreeMap<>());
    for (Map.Entry<Long, byte[]> piece : pieces.entrySet()) {
      long from = Math.max(offset, piece.getKey());
      long to = Math.min(offset + length, piece.getKey() + piece.getValue().length);
      if (from < to) {
        int start = (int) (from - piece.getKey());
        System.arraycopy(piece.getValue(), start, bytes, (int) (from - offset), (int) (to - from));
        found += (int) (to - from);
      }
    }
    if (found != length) {
      throw TidemarkException.of(ErrorCode.PAYLOAD_MISSING)
          .with(Detail.PROBLEM, found + " of " + length + " bytes are there")
          .build();
    }
    return bytes;
  }

  @Override
  public void writePayload(OperationId operation, long offset, byte[] bytes) {
    NavigableMap<Long, byte[]> pieces =
        rows.payloads.computeIfAbsent(operation, id -> new TreeMap<>());
    Map.Entry<Long, byte[]> before = pieces.lowerEntry(offset + bytes.length);
    if (before != null && before.getKey() + before.getValue().length > offset) {
      throw new AssertionError("bytes at " + offset + " are written twice");
    }
    if (offset / (128 * 1024) != (offset + bytes.length - 1) / (128 * 1024)) {
      throw new AssertionError("a piece at " + offset + " crosses a boundary");
    }
    pieces.put(offset, Arrays.copyOf(bytes, bytes.length));
  }

  @Override
  public int removePayload(OperationId operation, int limit) {
    NavigableMap<Long, byte[]> pieces = rows.payloads.getOrDefault(operation, new TreeMap<>());
    int removed = 0;
    while (removed < limit && !pieces.isEmpty()) {
      pieces.pollFirstEntry();
      removed++;
    }
    return removed;
  }

  @Override
  public Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids) {
    Map<OperationId, StagedPayload> found = new TreeMap<>(rows.staged);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public List<StagedPayload> stagedBefore(long touchedBefore, int limit) {
    return rows.staged.values().stream()
        .filter(staged -> staged.touchedAt() < touchedBefore)
        .limit(limit)
        .toList();
  }

  @Override
  public void putStagedPayload(StagedPayload staged) {
    rows.staged.put(staged.operation().id(), staged);
  }

  @Override
  public void removeStagedPayload(OperationId operation) {
    rows.staged.remove(operation);
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return Optional.ofNullable(rows.progress.get(peer));
  }

  @Override
  public void putProgress(SyncProgress progress) {
    rows.progress.put(progress.peer(), progress);
  }

  @Override
  public void close() {}

  @Override
  public void commit() {
    throw notOfTheStream();
  }

  @Override
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    throw notOfTheStream();
  }

  @Override
  public Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes) {
    throw notOfTheStream();
  }

  @Override
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    throw notOfTheStream();
  }

  @Override
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    throw notOfTheStream();
  }

  @Override
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    throw notOfTheStream();
  }

  @Override
  public List<NodeRow> nodesAfter(@Nullable NodeId after, int limit) {
    throw notOfTheStream();
  }

  @Override
  public Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes) {
    throw notOfTheStream();
  }

  @Override
  public Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit) {
    throw notOfTheStream();
  }

  @Override
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    throw notOfTheStream();
  }

  @Override
  public List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit) {
    throw notOfTheStream();
  }

  @Override
  public void putNodes(Collection<NodeRow> nodes) {
    throw notOfTheStream();
  }

  @Override
  public void removeNodes(Collection<NodeId> nodes) {
    throw notOfTheStream();
  }

  @Override
  public void putStructural(Collection<StructuralRow> structural) {
    throw notOfTheStream();
  }

  @Override
  public void putDeletions(Map<NodeId, KnownOperations> deletions) {
    throw notOfTheStream();
  }

  @Override
  public int removeTree(int limit) {
    throw notOfTheStream();
  }

  @Override
  public Map<OperationId, Position> positions(Collection<OperationId> ids) {
    throw notOfTheStream();
  }

  @Override
  public Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit) {
    throw notOfTheStream();
  }

  @Override
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    throw notOfTheStream();
  }

  @Override
  public void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    throw notOfTheStream();
  }

  @Override
  public List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit) {
    throw notOfTheStream();
  }

  @Override
  public void putParentRows(Collection<ParentRow> parentRows) {
    throw notOfTheStream();
  }

  @Override
  public void removeParentRows(Collection<ParentRow> parentRows) {
    throw notOfTheStream();
  }

  private static UnsupportedOperationException notOfTheStream() {
    return new UnsupportedOperationException("the chunk stream has no use for this");
  }
}

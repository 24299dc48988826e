package org.example.tidemark.h2;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.ChunkCursor;
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
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.HistoryRange;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.ParentRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.RowVisitor;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one document at one snapshot. */
class H2ReadTransaction implements ReadTransaction {
  private static final int PAGE = 100;

  /** What every bulk call begins with: its keys, one row each. */
  private static final String KEYS = " FROM UNNEST(CAST(? AS VARBINARY ARRAY)) w(k) ";

  private final H2Backend backend;
  private final DocumentId document;
  private final byte[] key;
  private final Session session;
  private final AtomicBoolean isEnded = new AtomicBoolean();
  private boolean exists;

  /** Begins. The snapshot is taken by the first statement, so there is one here. */
  H2ReadTransaction(H2Backend backend, DocumentId document, Session session) throws SQLException {
    this.backend = backend;
    this.document = document;
    this.key = Keys.of(document);
    this.session = session;
    this.exists = !session.list("SELECT 1 FROM document WHERE document = ?", r -> 1, key).isEmpty();
  }

  final H2Backend backend() {
    return backend;
  }

  final byte[] key() {
    return key;
  }

  final boolean exists() {
    return exists;
  }

  final void made() {
    exists = true;
  }

  /** The session, unless the transaction or its store is closed. */
  final Session session() {
    backend.ensureOpen();
    if (isEnded.get()) {
      throw backend.failure(ErrorCode.CLOSED).with(Detail.DOCUMENT, document).build();
    }
    return session;
  }

  /** What a method does. */
  interface Work<T> {
    T run(Session session) throws SQLException;
  }

  final <T> T work(Work<T> work) {
    try {
      return work.run(session());
    } catch (SQLException e) {
      throw backend.translate(e);
    }
  }

  /** Refuses a limit that lets nothing through; H2 takes some of them for none. */
  final void checkLimit(int limit) {
    session();
    if (limit < 1) {
      throw backend.invalidLimit(limit);
    }
  }

  @Override
  public DocumentId document() {
    return document;
  }

  @Override
  public DocumentState state() {
    return one(
            "SELECT state FROM document WHERE document = ? AND state IS NOT NULL",
            row -> RowCodec.state(row.getBytes(1)),
            key)
        .orElse(DocumentState.EMPTY);
  }

  private <T> Optional<T> one(String sql, Session.RowReader<T> reader, Object... parameters) {
    return work(session -> session.list(sql, reader, parameters)).stream().findFirst();
  }

  // tutorial: scan
  @Override
  public void scanLog(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor) {
    String sql =
        """
        SELECT position, body FROM operation
        WHERE document = ? AND position >= ? AND position <= ?
        ORDER BY document, position LIMIT ?\
        """;
    if (from.version() <= throughVersion) {
      byte[] through = Keys.position(throughVersion, Integer.MAX_VALUE);
      scan(sql, from, Keys::of, through, visitor);
    }
  }

  @Override
  public void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor) {
    String sql =
        """
        SELECT o.position, o.body FROM parent_operation i
          JOIN operation o ON o.document = i.document AND o.position = i.position
        WHERE i.document = ? AND i.place >= ? AND i.place <= ?
        ORDER BY i.document, i.place LIMIT ?\
        """;
    byte[] through = Keys.place(parent, new Position(Long.MAX_VALUE, Integer.MAX_VALUE));
    scan(sql, from, position -> Keys.place(parent, position), through, visitor);
  }

  /**
   * Visits pages, as H2 makes all rows of a statement before it hands out the first. A page starts
   * with the last row of the one before, which is passed over: a position has no next one that is
   * sure to be a position.
   */
  private void scan(
      String sql,
      Position from,
      Function<Position, byte[]> start,
      byte[] through,
      RowVisitor<LoggedOperation> visitor) {
    Position next = from;
    Position last = null;
    List<LoggedOperation> page;
    do {
      byte[] first = start.apply(next);
      page = work(session -> session.list(sql, this::logged, key, first, through, PAGE));
      for (LoggedOperation row : page) {
        if (!row.position().equals(last) && !visitor.visit(row)) {
          return;
        }
        next = row.position();
      }
      last = next;
    } while (page.size() == PAGE);
  }

  // tutorial: end

  private LoggedOperation logged(ResultSet row) throws SQLException {
    return new LoggedOperation(
        Keys.position(row.getBytes(1), 0), RowCodec.operation(row.getBytes(2)));
  }

  // tutorial: bulk
  @Override
  public Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes) {
    Map<NodeId, NodeRow> found = new HashMap<>();
    visit(
        "SELECT n.body" + KEYS + "JOIN node n ON n.document = ? AND n.node = w.k",
        Keys.list(nodes, NodeId::toByteArray),
        row -> {
          NodeRow node = RowCodec.node(row.getBytes(1));
          found.put(node.node(), node);
        });
    return found;
  }

  /** Receives a row. */
  private interface RowConsumer {
    void accept(ResultSet row) throws SQLException;
  }

  /** Runs a statement whose parameters are keys and the document. */
  private void visit(String sql, byte[][] keys, RowConsumer consumer) {
    session();
    if (keys.length > 0) {
      work(
          session ->
              session.list(
                  sql,
                  row -> {
                    consumer.accept(row);
                    return true;
                  },
                  keys,
                  key));
    }
  }

  // tutorial: end

  @Override
  public Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids) {
    Map<OperationId, LoggedOperation> found = new HashMap<>();
    visit(
        "SELECT o.position, o.body" + KEYS + "JOIN operation o ON o.document = ? AND o.id = w.k",
        Keys.list(ids, Keys::of),
        row -> {
          LoggedOperation operation = logged(row);
          found.put(operation.operation().id(), operation);
        });
    return found;
  }

  @Override
  public Map<OperationId, Position> positions(Collection<OperationId> ids) {
    Map<ByteKey, OperationId> byKey = ByteKey.index(ids, Keys::of);
    Map<OperationId, Position> found = new HashMap<>();
    visit(
        "SELECT w.k, o.position" + KEYS + "JOIN operation o ON o.document = ? AND o.id = w.k",
        Keys.list(ids, Keys::of),
        row -> found.put(byKey.get(ByteKey.of(row)), Keys.position(row.getBytes(2), 0)));
    return found;
  }

  @Override
  public Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit) {
    checkLimit(limit);
    return histories(
        """
        SELECT o.content_key FROM operation o
        WHERE o.document = ? AND o.content_node = w.node
          AND o.content_key > w.after AND o.content_key < w.before
        ORDER BY o.document, o.content_node, o.content_key LIMIT ?\
        """,
        ranges,
        limit,
        Keys::canonical);
  }

  @Override
  public Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas) {
    Map<ByteKey, ReplicaId> byKey = ByteKey.index(replicas, replica -> Keys.id(replica, 0));
    Map<ReplicaId, Long> found = new HashMap<>();
    if (!replicas.isEmpty()) {
      work(
          session ->
              session.list(
                  """
                  SELECT w.k, (
                    SELECT o.id FROM operation o
                    WHERE o.document = ? AND o.id >= w.k AND o.id <= w.through
                    ORDER BY o.document DESC, o.id DESC LIMIT 1)
                  FROM UNNEST(CAST(? AS VARBINARY ARRAY), CAST(? AS VARBINARY ARRAY))
                    w(k, through)\
                  """,
                  row -> {
                    byte[] last = row.getBytes(2);
                    return last == null
                        ? null
                        : found.put(byKey.get(ByteKey.of(row)), Keys.counter(last));
                  },
                  key,
                  Keys.list(replicas, replica -> Keys.id(replica, 0)),
                  Keys.list(replicas, replica -> Keys.id(replica, Limits.MAX_COUNT))));
    }
    return found;
  }

  /** A statement per level, and not per node; each node is read once. */
  @Override
  public Map<NodeId, NodeRow> chains(Collection<NodeId> nodes) {
    Map<NodeId, NodeRow> found = new HashMap<>();
    Set<NodeId> seen = new HashSet<>(nodes);
    Set<NodeId> level = seen;
    while (!level.isEmpty()) {
      Map<NodeId, NodeRow> rows = nodes(level);
      found.putAll(rows);
      level = new HashSet<>();
      for (NodeRow row : rows.values()) {
        PlacementRow placement = row.placement();
        if (placement != null && seen.add(placement.parent())) {
          level.add(placement.parent());
        }
      }
    }
    return found;
  }

  // tutorial: page
  @Override
  public List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit) {
    return page(
        """
        SELECT body FROM node WHERE document = ? AND parent = ? AND sibling > ?
        ORDER BY document, parent, sibling LIMIT ?\
        """,
        row -> RowCodec.node(row.getBytes(1)),
        limit,
        parent.toByteArray(),
        after == null ? Keys.FIRST : Keys.of(after));
  }

  @Override
  public List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit) {
    return page(
        """
        SELECT body FROM node WHERE document = ? AND parent = ? AND sibling < ?
        ORDER BY document DESC, parent DESC, sibling DESC LIMIT ?\
        """,
        row -> RowCodec.node(row.getBytes(1)),
        limit,
        parent.toByteArray(),
        before == null ? Keys.BEYOND : Keys.of(before));
  }

  // tutorial: end

  /** Runs a statement whose parameters are the document, the bounds and the limit. */
  private <T> List<T> page(String sql, Session.RowReader<T> reader, int limit, Object... bounds) {
    checkLimit(limit);
    List<Object> parameters = new ArrayList<>();
    parameters.add(key);
    parameters.addAll(List.of(bounds));
    parameters.add(limit);
    return work(session -> session.list(sql, reader, parameters.toArray()));
  }

  @Override
  public List<NodeRow> nodesAfter(@Nullable NodeId after, int limit) {
    return page(
        """
        SELECT body FROM node WHERE document = ? AND node > ?
        ORDER BY document, node LIMIT ?\
        """,
        row -> RowCodec.node(row.getBytes(1)),
        limit,
        Keys.orFirst(after));
  }

  @Override
  public Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes) {
    Map<NodeId, KnownOperations> found = new HashMap<>();
    visit(
        "SELECT w.k, d.body" + KEYS + "JOIN deletion d ON d.document = ? AND d.node = w.k",
        Keys.list(nodes, NodeId::toByteArray),
        row -> found.put(NodeId.of(row.getBytes(1)), RowCodec.known(row.getBytes(2))));
    return found;
  }

  @Override
  public Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit) {
    checkLimit(limit);
    return histories(
        """
        SELECT s.body FROM structural s
        WHERE s.document = ? AND s.node = w.node
          AND s.canonical > w.after AND s.canonical < w.before
        ORDER BY s.document, s.node, s.canonical LIMIT ?\
        """,
        ranges,
        limit,
        RowCodec::structural);
  }

  // tutorial: last
  @Override
  public Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges) {
    Map<HistoryRange, StructuralRow> found = new HashMap<>();
    histories(
            """
            SELECT s.body FROM structural s
            WHERE s.document = ? AND s.node = w.node
              AND s.canonical > w.after AND s.canonical < w.before AND s.is_effective
            ORDER BY s.document DESC, s.node DESC, s.canonical DESC LIMIT ?\
            """,
            ranges,
            1,
            RowCodec::structural)
        .forEach((range, last) -> found.put(range, last.get(0)));
    return found;
  }

  /** Runs a subquery per range, which makes one array of what it finds. */
  private <T> Map<HistoryRange, List<T>> histories(
      String subquery, Collection<HistoryRange> ranges, int limit, Function<byte[], T> reader) {
    List<HistoryRange> asked = List.copyOf(ranges);
    Map<HistoryRange, List<T>> found = new HashMap<>();
    if (!asked.isEmpty()) {
      work(
          session ->
              session.list(
                  "SELECT w.number, ARRAY("
                      + subquery
                      + """
                      ) FROM UNNEST(
                        CAST(? AS VARBINARY ARRAY), CAST(? AS VARBINARY ARRAY),
                        CAST(? AS VARBINARY ARRAY)) WITH ORDINALITY w(node, after, before, number)\
                      """,
                  row -> {
                    List<T> rows = new ArrayList<>();
                    for (Object each : (Object[]) row.getArray(2).getArray()) {
                      rows.add(reader.apply((byte[]) each));
                    }
                    return rows.isEmpty() || found.put(asked.get(row.getInt(1) - 1), rows) == null;
                  },
                  key,
                  limit,
                  Keys.list(asked, range -> range.node().toByteArray()),
                  Keys.list(asked, range -> Keys.orElse(range.after(), Keys.FIRST)),
                  Keys.list(asked, range -> Keys.orElse(range.before(), Keys.BEYOND))));
    }
    return found;
  }

  // tutorial: end

  @Override
  public List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit) {
    return page(
        """
        SELECT body FROM structural WHERE document = ? AND inner_key >= ? AND inner_key <= ?
        ORDER BY document, inner_key LIMIT ?\
        """,
        row -> RowCodec.structural(row.getBytes(1)),
        limit,
        Keys.of(from),
        Keys.of(through));
  }

  @Override
  public List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit) {
    TreeSet<NodeId> found = new TreeSet<>();
    for (String table : List.of("structural", "deletion")) {
      String sql =
          "SELECT node FROM "
              + table
              + " WHERE document = ? AND node > ? ORDER BY document, node LIMIT ?";
      TreeSet<NodeId> ofTable = new TreeSet<>();
      NodeId last = after;
      List<NodeId> page;
      // A node may have several entries: goes on behind the last one until there are enough.
      do {
        page = page(sql, row -> NodeId.of(row.getBytes(1)), limit, Keys.orFirst(last));
        ofTable.addAll(page);
        last = page.isEmpty() ? last : page.get(page.size() - 1);
      } while (page.size() == limit && ofTable.size() < limit);
      found.addAll(ofTable);
    }
    return found.stream().limit(limit).toList();
  }

  @Override
  public List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit) {
    return page(
        """
        SELECT place FROM parent_operation WHERE document = ? AND place > ?
        ORDER BY document, place LIMIT ?\
        """,
        row -> {
          byte[] place = row.getBytes(1);
          NodeId parent = NodeId.of(Arrays.copyOf(place, NodeId.BYTES));
          return new ParentRow(parent, Keys.position(place, NodeId.BYTES));
        },
        limit,
        after == null ? Keys.FIRST : Keys.place(after.parent(), after.position()));
  }

  @Override
  public byte[] readPayload(OperationId operation, long offset, int length) {
    checkLimit(length);
    byte[] id = Keys.of(operation);
    long end = offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
    byte[] range = new byte[length];
    // Pieces never overlap, so the last one that starts at or before a byte has it, or none does.
    int filled =
        work(
            session -> {
              List<Long> starts =
                  session.list(
                      """
                      SELECT start_at FROM piece
                      WHERE document = ? AND operation = ? AND start_at <= ?
                      ORDER BY document DESC, operation DESC, start_at DESC LIMIT 1\
                      """,
                      row -> row.getLong(1),
                      key,
                      id,
                      offset);
              return starts.isEmpty() ? 0 : fill(range, id, offset, starts.get(0), end);
            });
    if (filled < length) {
      throw backend
          .failure(ErrorCode.PAYLOAD_MISSING)
          .with(Detail.OPERATION, operation)
          .with(Detail.POSITION, "byte " + (offset + filled))
          .build();
    }
    return range;
  }

  private int fill(byte[] range, byte[] operation, long offset, long start, long end)
      throws SQLException {
    int[] filled = {0};
    session.list(
        """
        SELECT start_at, body FROM piece
        WHERE document = ? AND operation = ? AND start_at >= ? AND start_at < ?
        ORDER BY document, operation, start_at\
        """,
        row -> {
          long skipped = offset + filled[0] - row.getLong(1);
          byte[] piece = row.getBytes(2);
          if (skipped >= 0 && skipped < piece.length) {
            int count = Math.min(piece.length - (int) skipped, range.length - filled[0]);
            System.arraycopy(piece, (int) skipped, range, filled[0], count);
            filled[0] += count;
          }
          return true;
        },
        key,
        operation,
        start,
        end);
    return filled[0];
  }

  @Override
  public Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids) {
    Map<OperationId, StagedPayload> found = new HashMap<>();
    visit(
        "SELECT s.body" + KEYS + "JOIN staged s ON s.document = ? AND s.operation = w.k",
        Keys.list(ids, Keys::of),
        row -> {
          StagedPayload staged = RowCodec.staged(row.getBytes(1));
          found.put(staged.operation().id(), staged);
        });
    return found;
  }

  @Override
  public List<StagedPayload> stagedBefore(long touchedBefore, int limit) {
    return page(
        "SELECT body FROM staged WHERE document = ? AND touched_at < ? LIMIT ?",
        row -> RowCodec.staged(row.getBytes(1)),
        limit,
        touchedBefore);
  }

  @Override
  public Optional<SyncProgress> progress(String peer) {
    return one(
        "SELECT token FROM progress WHERE document = ? AND peer = ?",
        row -> new SyncProgress(peer, ChunkCursor.parse(row.getString(1))),
        key,
        peer.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    if (isEnded.compareAndSet(false, true)) {
      backend.end(this, session);
    }
  }

  /** Ends with the store. */
  void abandon() {
    if (isEnded.compareAndSet(false, true)) {
      session.discard();
    }
  }
}

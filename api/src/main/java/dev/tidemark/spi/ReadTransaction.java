package dev.tidemark.spi;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.SyncProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reading one document at one snapshot. Needs the right to read and nothing else: no lock, no
 * temporary table, no write (rule C7).
 *
 * <p>Costs are stated in seeks and rows: a <em>seek</em> is one descent of an index, a <em>row</em>
 * one step along it. A bulk method of n keys is a constant number of statements and n seeks (rule
 * B5), whatever the length of the log and the size of the tree.
 *
 * <p>Documents that do not exist read as empty. No method returns null: what is not there is absent
 * from the map or the list. Bulk methods take collections that may be empty, and then find nothing.
 * Every limit below 1 is refused with {@code INVALID_ARGUMENT}. Where a page starts after a key,
 * the key is excluded and need not exist. After {@link #close}, or that of the store, every method
 * but {@link #document} throws {@code CLOSED}.
 */
public interface ReadTransaction extends AutoCloseable {
  /**
   * Returns the document that is read.
   *
   * @return the document
   */
  DocumentId document();

  /**
   * Returns the document's state. One seek.
   *
   * @return the state; {@link DocumentState#EMPTY} if the document does not exist
   */
  DocumentState state();

  // Log

  /**
   * Visits the log in position order, from a position on. One seek and the rows visited; rows are
   * produced as they are visited, so that a visitor that stops early does not pay for the rest (a
   * constant number of rows ahead is allowed).
   *
   * @param from the first position to visit, included, whether or not an operation stands there
   * @param throughVersion the last version to visit, included; nothing is visited where it is below
   *     that of {@code from}
   * @param visitor receives the operations; payloads up to the engine's inline size come with their
   *     bytes, exactly those that were appended so
   */
  void scanLog(Position from, long throughVersion, RowVisitor<LoggedOperation> visitor);

  /**
   * Looks operations up by id. n seeks.
   *
   * @param ids the ids
   * @return those that are in the log, exactly as they were appended
   */
  Map<OperationId, LoggedOperation> operations(Collection<OperationId> ids);

  /**
   * Looks up where operations stand in the log. n seeks.
   *
   * @param ids the ids
   * @return the positions of those that are in the log
   */
  Map<OperationId, Position> positions(Collection<OperationId> ids);

  /**
   * Lists the operations of nodes that are not structural: payload writes and deletes, and not
   * inserts, with a payload or without. Whether the tree reflects them yet makes no difference. n
   * seeks and the rows returned; where others of the node have the Lamport time of the lower bound,
   * these as well.
   *
   * @param ranges which parts of which histories, distinct
   * @param limit the most to return per range, from 1
   * @return per range its first keys in canonical order; ranges without such operations are absent
   */
  Map<HistoryRange, List<CanonicalKey>> contentOperations(
      Collection<HistoryRange> ranges, int limit);

  /**
   * Returns the largest counter in the log, per replica. n seeks.
   *
   * @param replicas the replicas
   * @return the counters of those that have operations in the log
   */
  Map<ReplicaId, Long> lastCounters(Collection<ReplicaId> replicas);

  // Tree

  /**
   * Reads node rows. n seeks.
   *
   * @param nodes the nodes
   * @return the rows of those that have one
   */
  Map<NodeId, NodeRow> nodes(Collection<NodeId> nodes);

  /**
   * Reads node rows with those of all their ancestors, along the placements. One seek per distinct
   * node on the way; ends even where damaged rows form a cycle.
   *
   * @param nodes the nodes
   * @return the rows of those that have one
   */
  Map<NodeId, NodeRow> chains(Collection<NodeId> nodes);

  /**
   * Reads the rows of the nodes that are placed under a parent, tombstoned or not, in sibling
   * order. One seek and the rows returned.
   *
   * @param parent the parent
   * @param after where to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the rows
   */
  List<NodeRow> children(NodeId parent, @Nullable SiblingKey after, int limit);

  /**
   * Reads the rows of the nodes that are placed under a parent, from the last backwards. One seek
   * and the rows returned.
   *
   * @param parent the parent
   * @param before where to start before; null to start at the last
   * @param limit the most to return, from 1
   * @return the rows, the last sibling first
   */
  List<NodeRow> childrenBackwards(NodeId parent, @Nullable SiblingKey before, int limit);

  /**
   * Reads all node rows in the order of their ids, for verification. One seek and the rows
   * returned.
   *
   * @param after the node to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the rows
   */
  List<NodeRow> nodesAfter(@Nullable NodeId after, int limit);

  /**
   * Reads what the deletes of nodes cover: the union of what they knew, and the deletes themselves.
   * n seeks.
   *
   * @param nodes the nodes
   * @return the sets of those that have one
   */
  Map<NodeId, KnownOperations> deletions(Collection<NodeId> nodes);

  // Structural index

  /**
   * Reads the entries of nodes. n seeks and the rows returned.
   *
   * @param ranges which parts of which histories, distinct
   * @param limit the most to return per range, from 1
   * @return per range its first entries in canonical order; ranges without entries are absent
   */
  Map<HistoryRange, List<StructuralRow>> structuralOperations(
      Collection<HistoryRange> ranges, int limit);

  /**
   * Reads per range the last effective entry. n seeks, and the ineffective entries that stand
   * behind it.
   *
   * @param ranges which parts of which histories, distinct
   * @return the entries of those ranges that have one
   */
  Map<HistoryRange, StructuralRow> lastEffective(Collection<HistoryRange> ranges);

  /**
   * Reads entries of inner nodes in canonical order. One seek and the rows returned. Both ends
   * belong to the range, unlike those of a {@link HistoryRange}.
   *
   * @param from the first key, included
   * @param through the last key, included
   * @param limit the most to return, from 1
   * @return the entries, ascending; none where {@code from} is above {@code through}
   */
  List<StructuralRow> innerOperations(CanonicalKey from, CanonicalKey through, int limit);

  /**
   * Lists nodes that have entries in the structural index, or a row of deletions, or both, with or
   * without a row of their own, each once, for verification. A node with nothing but a row of
   * deletions is listed; one with nothing but a row of its own is not, whatever {@link
   * NodeRow#isIndexed} says. Two seeks and the rows of the nodes returned.
   *
   * @param after the node to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the nodes, ascending
   */
  List<NodeId> indexedNodesAfter(@Nullable NodeId after, int limit);

  // Parent index

  /**
   * Visits the operations that shaped the children of a node, in position order. One seek in the
   * parent index, and per operation visited one row of it and one seek in the log.
   *
   * @param parent the node
   * @param from the first position to visit, whether or not an operation stands there
   * @param visitor receives the operations as {@link #scanLog} hands them over
   */
  void scanParent(NodeId parent, Position from, RowVisitor<LoggedOperation> visitor);

  /**
   * Reads the parent index in its order, for verification. One seek and the rows returned.
   *
   * @param after the entry to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the entries
   */
  List<ParentRow> parentRowsAfter(@Nullable ParentRow after, int limit);

  // Payloads

  /**
   * Reads bytes of a payload that was written with {@link WriteTransaction#writePayload}. One seek
   * and the pieces that hold the range.
   *
   * @param operation the operation that carries the payload
   * @param offset the first byte
   * @param length how many, from 1
   * @return exactly these bytes, in an array that the caller may change
   * @throws dev.tidemark.api.TidemarkException with {@code PAYLOAD_MISSING} if not all are there,
   *     also behind the end of the payload; {@code INVALID_ARGUMENT} if the length is below 1
   */
  byte[] readPayload(OperationId operation, long offset, int length);

  /**
   * Looks up payloads that wait for the rest of their bytes. n seeks.
   *
   * @param ids the operations that carry them
   * @return those that are staged
   */
  Map<OperationId, StagedPayload> stagedPayloads(Collection<OperationId> ids);

  /**
   * Lists staged payloads that no fragment came for since a time. Reads at most all staged rows.
   *
   * @param touchedBefore milliseconds since 1970-01-01 UTC; those touched at this very time are not
   *     listed
   * @param limit the most to return, from 1
   * @return the staged payloads, in no particular order
   */
  List<StagedPayload> stagedBefore(long touchedBefore, int limit);

  // Progress

  /**
   * Returns how far the document has pulled from a peer. One seek.
   *
   * @param peer the name of the peer
   * @return the progress, if any is stored
   */
  Optional<SyncProgress> progress(String peer);

  /**
   * Ends the transaction. Closing twice does nothing, nor does closing after the store was closed.
   */
  @Override
  void close();
}

package dev.tidemark.spi;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.SyncProgress;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writing one document. Sees its own writes. Everything is committed together or not at all (rule
 * B1); each bulk method is a constant number of statements.
 *
 * <p>The first row that is added makes the document. Empty collections add none, and removing what
 * is not there does nothing: neither makes a document. Arrays and collections stay the caller's,
 * who may change them afterwards.
 */
public interface WriteTransaction extends ReadTransaction {
  /**
   * Replaces the document's state.
   *
   * @param state the new state
   */
  void putState(DocumentState state);

  /**
   * Adds operations to the end of the log: their positions come after all that are in it, with or
   * without gaps between, and their ids are not in it. Payloads that are references have their
   * bytes written with {@link #writePayload}.
   *
   * @param operations the operations, ascending by position
   */
  void appendLog(List<LoggedOperation> operations);

  /**
   * Adds or replaces node rows.
   *
   * @param rows the rows, of distinct nodes
   */
  void putNodes(Collection<NodeRow> rows);

  /**
   * Removes node rows; nodes that have none are passed over.
   *
   * @param nodes the nodes
   */
  void removeNodes(Collection<NodeId> nodes);

  /**
   * Adds or replaces entries of the structural index.
   *
   * @param rows the entries, of distinct (node, key)
   */
  void putStructural(Collection<StructuralRow> rows);

  /**
   * Adds or replaces what deletes cover.
   *
   * @param deletions the sets by node
   */
  void putDeletions(Map<NodeId, KnownOperations> deletions);

  /**
   * Adds entries to the parent index. Their operations are in the log; an entry that is there
   * already stays as it is.
   *
   * @param rows the entries
   */
  void putParentRows(Collection<ParentRow> rows);

  /**
   * Removes entries of the parent index; those that are not there are passed over.
   *
   * @param rows the entries
   */
  void removeParentRows(Collection<ParentRow> rows);

  /**
   * Removes rows of the tree and its indexes (nodes, deletions, structural entries, parent index),
   * in whatever order, so that they can be made again from the log. All else stays: the log and
   * what its look-ups need, the document's state, payload bytes, staged payloads and progress.
   *
   * @param limit the most rows to remove, from 1
   * @return how many rows were removed, at most the limit; below it when none is left
   */
  int removeTree(int limit);

  /**
   * Writes bytes of a payload to their final place. Pieces come in any order and of any size. The
   * engine never writes a byte twice, so pieces do not overlap; they may leave gaps between them.
   *
   * @param operation the operation that carries the payload
   * @param offset the place of the first byte
   * @param bytes the bytes, 1 to 256 KiB
   */
  void writePayload(OperationId operation, long offset, byte[] bytes);

  /**
   * Removes stored bytes of a payload that never completed. A staged payload's row stays.
   *
   * @param operation the operation that was to carry it
   * @param limit the most pieces to remove, from 1
   * @return how many pieces were removed, each what one call of {@link #writePayload} wrote; below
   *     the limit when none is left, and 0 where there was none
   */
  int removePayload(OperationId operation, int limit);

  /**
   * Adds or replaces a staged payload.
   *
   * @param staged the staged payload, identified by its operation
   */
  void putStagedPayload(StagedPayload staged);

  /**
   * Removes a staged payload's row; its bytes stay.
   *
   * @param operation the operation, which is passed over if nothing is staged for it
   */
  void removeStagedPayload(OperationId operation);

  /**
   * Adds or replaces the progress of a pull.
   *
   * @param progress the progress, identified by its peer
   */
  void putProgress(SyncProgress progress);

  /**
   * Commits. When it returns, the changes are durable as the store was opened to make them; when it
   * throws, they did not happen, unless the code is {@code COMMIT_UNKNOWN}. Nothing but {@link
   * #close} may follow; all else throws {@code CLOSED}.
   */
  void commit();
}

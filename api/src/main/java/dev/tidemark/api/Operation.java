package dev.tidemark.api;

import org.jspecify.annotations.Nullable;

/**
 * An immutable change of one node, by one replica at one Lamport time. The state of a document is a
 * function of the set of its operations alone.
 *
 * <p>What is never valid cannot be made: a structural operation or a delete on {@link NodeId#ROOT},
 * a node that is its own parent, counters and Lamport times out of range.
 */
public sealed interface Operation {
  /**
   * Returns the identity.
   *
   * @return the id
   */
  OperationId id();

  /**
   * Returns the Lamport time: above that of everything the author had seen.
   *
   * @return 1 to {@link Limits#MAX_COUNT}
   */
  long lamport();

  /**
   * Returns the node that is changed.
   *
   * @return the node
   */
  NodeId node();

  /**
   * Returns the place in canonical order.
   *
   * @return the key
   */
  default CanonicalKey key() {
    return new CanonicalKey(lamport(), id().replica(), id().counter());
  }

  /** An operation that places a node under a parent. */
  sealed interface Structural extends Operation {
    /**
     * Returns the parent to place the node under. It need not exist yet.
     *
     * @return the parent, never the node itself
     */
    NodeId parent();

    /**
     * Returns where the node stands among its siblings.
     *
     * @return the key
     */
    OrderKey orderKey();
  }

  /** An operation that writes a payload, or may: inserts do when they carry one. */
  sealed interface PayloadCarrying extends Operation {
    /**
     * Returns the payload that is written.
     *
     * @return the payload; null where an insert writes none, and where a write clears
     */
    @Nullable Payload payload();

    /**
     * Returns the same operation with its payload at hand or elsewhere.
     *
     * @param payload the same payload, in the other form
     * @return the operation
     */
    PayloadCarrying withPayload(Payload payload);
  }

  /**
   * Places a node, most often a new one, and writes its payload if one is given. The payload counts
   * even where the placement is skipped as ineffective.
   *
   * @param id the identity
   * @param lamport the Lamport time
   * @param node the node
   * @param parent its parent
   * @param orderKey its place among its siblings
   * @param payload its payload, or null to write none
   */
  record Insert(
      OperationId id,
      long lamport,
      NodeId node,
      NodeId parent,
      OrderKey orderKey,
      @Nullable Payload payload)
      implements Structural, PayloadCarrying {
    /**
     * Checks the operation.
     *
     * @throws TidemarkException with {@link ErrorCode#INVALID_OPERATION} if it can never be valid
     */
    public Insert {
      OperationChecks.structural(id, lamport, node, parent);
    }

    @Override
    public Insert withPayload(Payload replacement) {
      return new Insert(id, lamport, node, parent, orderKey, replacement);
    }
  }

  /**
   * Places a node elsewhere.
   *
   * @param id the identity
   * @param lamport the Lamport time
   * @param node the node
   * @param parent its parent
   * @param orderKey its place among its siblings
   */
  record Move(OperationId id, long lamport, NodeId node, NodeId parent, OrderKey orderKey)
      implements Structural {
    /**
     * Checks the operation.
     *
     * @throws TidemarkException with {@link ErrorCode#INVALID_OPERATION} if it can never be valid
     */
    public Move {
      OperationChecks.structural(id, lamport, node, parent);
    }
  }

  /**
   * Writes or clears a node's payload. The root may have a payload.
   *
   * @param id the identity
   * @param lamport the Lamport time
   * @param node the node
   * @param payload the payload, or null to clear it
   */
  record SetPayload(OperationId id, long lamport, NodeId node, @Nullable Payload payload)
      implements PayloadCarrying {
    /**
     * Checks the operation.
     *
     * @throws TidemarkException with {@link ErrorCode#INVALID_OPERATION} if it can never be valid
     */
    public SetPayload {
      OperationChecks.lamport(id, lamport);
    }

    @Override
    public SetPayload withPayload(Payload replacement) {
      return new SetPayload(id, lamport, node, replacement);
    }
  }

  /**
   * Deletes a node with what the deleter had seen of its subtree. Whatever the deleter had not seen
   * brings the node back.
   *
   * @param id the identity
   * @param lamport the Lamport time
   * @param node the node
   * @param known the operations that the deleter had seen in the node's subtree
   */
  record Delete(OperationId id, long lamport, NodeId node, KnownOperations known)
      implements Operation {
    /**
     * Checks the operation.
     *
     * @throws TidemarkException with {@link ErrorCode#INVALID_OPERATION} if it can never be valid
     */
    public Delete {
      OperationChecks.delete(id, lamport, node, known);
    }
  }
}

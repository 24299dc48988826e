package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.api.TreeNode;
import dev.tidemark.core.internal.append.ForeignAppend;
import dev.tidemark.core.internal.tree.Frontiers;
import dev.tidemark.core.internal.verify.Verifier;
import dev.tidemark.spi.DocumentState;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One replicated tree in a store. Safe for several threads; holds nothing open itself.
 *
 * <p>Every method throws a {@link TidemarkException} when the store fails or is closed. A method
 * that writes and throws has written nothing, unless the code is {@code COMMIT_UNKNOWN}: then it
 * may have.
 */
public final class Document {
  private final DocumentId id;
  private final StoreContext context;

  Document(DocumentId id, StoreContext context) {
    this.id = id;
    this.context = context;
  }

  /**
   * Returns the name of the document.
   *
   * @return the document's id
   */
  public DocumentId id() {
    return id;
  }

  /**
   * Tells how the document stands.
   *
   * @return its version, operations, head and frontier; those of an empty document if it does not
   *     exist
   */
  public DocumentStatus status() {
    DocumentState state = context.state(id);
    return new DocumentStatus(
        state.version(), state.operations(), state.head(), Frontiers.of(state));
  }

  /**
   * Returns a writer of this document.
   *
   * @param replica the author to write as
   * @return the writer
   */
  public LocalReplica replica(ReplicaId replica) {
    return new LocalReplica(id, replica, context);
  }

  /**
   * Appends operations that others wrote, in any order, as one version. Those that are known
   * already are left out (rules A1, A2).
   *
   * @param operations the operations; their payloads are inline
   * @return what was done
   * @throws TidemarkException with {@code OPERATION_CONFLICT} or {@code CLOCK_JUMP}
   */
  public AppendResult append(List<? extends Operation> operations) {
    return append(operations, context.policy());
  }

  /**
   * Appends operations that others wrote, with a catch-up policy of its own.
   *
   * @param operations the operations; their payloads are inline
   * @param policy when to bring them into the tree
   * @return what was done
   * @throws TidemarkException with {@code OPERATION_CONFLICT} or {@code CLOCK_JUMP}
   */
  public AppendResult append(List<? extends Operation> operations, CatchUpPolicy policy) {
    long start = context.startNanos();
    ForeignAppend append = ForeignAppend.inline(operations, context.appender(), policy);
    AppendResult result =
        context
            .publisher()
            .publish(
                id,
                () -> context.units().write(id, append),
                done -> List.of(done.changes()),
                done -> AppendReports.report(context, id, done, context.nanosSince(start)));
    Sightings.reportWhole(context, id, operations);
    return result;
  }

  // Reading the tree

  /**
   * Takes a snapshot of the tree, brought up to date first if need be: it reflects at least all
   * that was committed before this call.
   *
   * @return the snapshot, to be closed by the caller
   */
  public TreeSnapshot snapshot() {
    return snapshot(ReadMode.CAUGHT_UP);
  }

  /**
   * Takes a snapshot of the tree.
   *
   * @param mode whether to bring it up to date first
   * @return the snapshot, to be closed by the caller
   * @throws TidemarkException with {@code READ_ONLY} if the tree would have to be brought up to
   *     date and the store cannot be written
   */
  public TreeSnapshot snapshot(ReadMode mode) {
    return new Snapshots(id, context).open(mode);
  }

  /**
   * Returns a visible node.
   *
   * @param node the node
   * @return the node, if it is visible; the root is none
   */
  public Optional<TreeNode> node(NodeId node) {
    return new Snapshots(id, context).read(snapshot -> snapshot.node(node));
  }

  /**
   * Returns a page of the visible children of a node.
   *
   * @param parent the parent; a hidden or unknown one has no children
   * @param after where to start after; null to start at the first
   * @param limit the most to return, from 1
   * @return the page
   */
  public ChildrenPage children(NodeId parent, @Nullable SiblingKey after, int limit) {
    return new Snapshots(id, context).read(snapshot -> snapshot.children(parent, after, limit));
  }

  /**
   * Returns the ancestors of a visible node.
   *
   * @param node the node
   * @return the nearest first, without the root; empty if the node is not visible
   */
  public List<TreeNode> ancestors(NodeId node) {
    return new Snapshots(id, context).read(snapshot -> snapshot.ancestors(node));
  }

  /**
   * Returns a page of the operations that shaped the children of a node: those that placed, moved
   * away, changed or deleted a child. The tree is brought up to date first if need be; what exactly
   * belongs to a parent, and what a page costs, is said at {@link TreeSnapshot#operationsFor}.
   *
   * @param parent the node, which may be the root or unknown
   * @param from the first position to return, or {@link Position#START}
   * @param limit the most to return, from 1
   * @return the page, in position order
   * @throws TidemarkException with {@code INVALID_ARGUMENT} if the limit is below 1
   */
  public OperationsPage operationsFor(NodeId parent, Position from, int limit) {
    return new Snapshots(id, context).read(snapshot -> snapshot.operationsFor(parent, from, limit));
  }

  /**
   * Computes the hash of the whole visible tree. Reads every visible node.
   *
   * @return the hash
   */
  public TreeHash treeHash() {
    return new Snapshots(id, context).read(snapshot -> snapshot.hash());
  }

  /**
   * Opens the payload of a visible node, of any size. Nothing is held open between two reads; the
   * content stays the same even when the node's payload is written meanwhile.
   *
   * @param node the node, or the root
   * @return the content, to be closed by the caller
   * @throws TidemarkException with {@code NODE_NOT_FOUND} if the node is not visible or has no
   *     payload
   */
  public InputStream openPayload(NodeId node) {
    return new PayloadReader(id, context)
        .open(node, new Snapshots(id, context).read(snapshot -> snapshot.payloadWrite(node)));
  }

  /**
   * Opens the payload that an operation carries, of any size.
   *
   * @param operation the operation
   * @return the content, to be closed by the caller
   * @throws TidemarkException with {@code OPERATION_NOT_FOUND} if it is not in the log or carries
   *     none
   */
  public InputStream openPayload(OperationId operation) {
    return new PayloadReader(id, context).open(operation);
  }

  /**
   * Visits the log in position order. It is read page by page, so nothing is held open while the
   * visitor works; what is committed meanwhile is visited as far as {@code throughVersion} goes.
   *
   * @param from the first position to visit
   * @param throughVersion the last version to visit
   * @param visitor receives the operations and tells whether to go on; large payloads come as
   *     references
   */
  public void readLog(
      Position from, long throughVersion, Predicate<? super LoggedOperation> visitor) {
    new LogReader(id, context).read(from, throughVersion, visitor);
  }

  // Sending and receiving

  /**
   * Reads one chunk of the log: one call of the chunk stream. Needs the right to read only, and
   * keeps nothing (rule C7).
   *
   * @param request where to start or go on, and the settings
   * @return the chunk with the cursor that follows it, or the end; and why it stopped there
   * @throws TidemarkException with {@code TOKEN_MISMATCH} if the request resumes a cursor of
   *     another document, other settings or another log
   */
  public ChunkResult readChunk(ChunkRequest request) {
    ChunkTransfer transfer = new ChunkTransfer(id, context);
    return transfer.read(transfer.cursor(request));
  }

  /**
   * Reads the chunks of a window, one at a time.
   *
   * @param request where to start or go on, and the settings
   * @return the chunks, read as they are asked for
   */
  public ChunkStream changes(ChunkRequest request) {
    ChunkTransfer transfer = new ChunkTransfer(id, context);
    return new ChunkStream(transfer.cursor(request), transfer::read);
  }

  /**
   * Applies a chunk of this document that another store sent: in any order, again or not (rules A1,
   * A2). It is one append; a fragment waits until its payload is complete.
   *
   * @param chunk the encoded chunk; it must not change until the call returns
   * @return what was done
   * @throws TidemarkException with {@code CHUNK_MALFORMED}, {@code CHUNK_UNSUPPORTED}, {@code
   *     CHUNK_TOO_LARGE}, {@code CHUNK_MISMATCH}, {@code INVALID_OPERATION}, {@code
   *     OPERATION_CONFLICT}, {@code CLOCK_JUMP} or {@code PAYLOAD_DIGEST_MISMATCH}; nothing of the
   *     chunk is applied then
   */
  public ApplyResult apply(byte[] chunk) {
    return new ChunkTransfer(id, context).apply(chunk, null);
  }

  /**
   * Applies a chunk and stores, in the same transaction, where the pull from a peer goes on (rule
   * A7). The stored progress moves only where the chunk starts exactly at it, and stays otherwise,
   * so a window with a filter, which leaves gaps, is pulled with {@link #puller}.
   *
   * @param chunk the encoded chunk; it must not change until the call returns
   * @param peer the name of the peer
   * @return what was done
   * @throws TidemarkException as {@link #apply(byte[])} does
   */
  public ApplyResult apply(byte[] chunk, String peer) {
    return new ChunkTransfer(id, context).apply(chunk, peer);
  }

  /**
   * Returns a puller, which drains a source into this document and can be stopped at any instant.
   *
   * @param peer the name under which the progress is stored
   * @param source where chunks come from
   * @param request where to start while no progress is stored, and the settings
   * @return the puller
   */
  public Puller puller(String peer, ChunkSource source, ChunkRequest request) {
    return new Puller(new ChunkTransfer(id, context), peer, source, request);
  }

  /**
   * Removes the bytes of payloads that never completed, in bounded transactions (rule A8).
   *
   * @param touchedBefore removes those that no fragment came for since then
   * @return how many payloads were removed
   */
  public int removeLeftovers(Instant touchedBefore) {
    return new ChunkTransfer(id, context).removeLeftovers(touchedBefore);
  }

  /**
   * Counts the payloads that wait for the rest of their fragments. Reads a row of each.
   *
   * @return how many there are
   */
  public int stagedPayloads() {
    return Sightings.stagedPayloads(context, id);
  }

  // Keeping the tree

  /**
   * Brings the tree up to date with the log, in bounded steps of which each leaves a consistent
   * state. Does nothing when there is nothing to do; may be called by several processes at once,
   * and after a crash simply runs again (rule R8).
   *
   * @return what it took
   */
  public CatchUp ensureMaterialized() {
    return new Materializer(id, context).run();
  }

  /**
   * Compares the stored tree, its indexes and the payloads with a fresh fold of the log (rule R9).
   * Reads all of the log twice, in one snapshot; takes memory in the order of 200 bytes per node
   * and structural operation, and 12 to 50 bytes per operation of any kind for the parent index.
   *
   * @param progress learns how many operations were folded
   * @return what was found
   */
  public VerificationReport verify(ProgressListener progress) {
    return context.units().read(id, transaction -> new Verifier(transaction, progress).verify());
  }

  /**
   * Makes the tree and its indexes again from the log alone.
   *
   * @return what it took
   * @see #rebuild(ProgressListener)
   */
  public CatchUp rebuild() {
    return rebuild(ProgressListener.NONE);
  }

  /**
   * Makes the tree, its indexes and the document's state again from the log alone (rule R9), in one
   * transaction: readers see the old tree until it is done, and a crash leaves the old one. What is
   * pending is brought into the tree first, where the tree is not too damaged for that, so
   * listeners are told of that, and of nothing else.
   *
   * @param progress learns how many operations are in the new tree; from the start again when the
   *     transaction is tried again
   * @return what it took
   */
  public CatchUp rebuild(ProgressListener progress) {
    return new Materializer(id, context).rebuild(progress);
  }

  /**
   * Returns how far this document has pulled from a peer.
   *
   * @param peer the name of the peer
   * @return the progress, if any is stored
   */
  public Optional<SyncProgress> progress(String peer) {
    return new ChunkTransfer(id, context).progress(peer);
  }

  /**
   * Adds a listener of net visible changes. It is called after the commit, in version order, on a
   * thread that commits; only for commits made through this opened store ({@link #follow()} tells
   * of all). What is committed after this call returns reaches it, so a snapshot then misses none.
   *
   * <p>One thread calls the listeners of a document at a time. What others commit meanwhile is kept
   * in memory, without bound, and told by that thread, whose own call returns after it: a listener
   * that is slower than the writers hands its work over to a thread of its own.
   *
   * @param listener the listener; what it throws is logged and harms nobody
   * @return removes the listener when closed
   */
  public Subscription listen(Consumer<ChangeSet> listener) {
    return context.publisher().listen(id, listener)::run;
  }

  /**
   * Begins to follow the stored tree, whoever changes it. Works on stores opened for reading. Holds
   * a connection until it is closed, and one more during each look: where connections are pooled,
   * the pool needs one more than there are followers.
   *
   * @return the follower, to be closed by the caller
   */
  public TreeFollower follow() {
    return follow(FollowOptions.DEFAULT);
  }

  /**
   * Begins to follow the stored tree, as {@link #follow()} does.
   *
   * @param options how often to look, and how much to compare
   * @return the follower
   */
  public TreeFollower follow(FollowOptions options) {
    return TreeFollower.open(id, context, options);
  }
}

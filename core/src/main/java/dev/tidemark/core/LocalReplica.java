package dev.tidemark.core;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.append.LocalWriter;
import dev.tidemark.core.internal.payload.StreamedPayload;
import dev.tidemark.core.internal.tree.SeenRows;
import dev.tidemark.core.internal.tree.Siblings;
import dev.tidemark.core.internal.tree.SubtreeKnowledge;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.WriteTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a document as one author. Every call is one append, and is durable when it returns.
 * Safe for several threads, also through several objects for the same replica in one store; the
 * same replica id must not write in two stores at once.
 *
 * <p>All methods throw a {@link TidemarkException}: {@code NODE_NOT_FOUND} when a node that the
 * call needs is not visible, {@code CYCLE}, {@code NO_ORDER_KEY}, {@code CLOCK_EXHAUSTED}, or what
 * the store reports; nothing is written then, unless the code is {@code COMMIT_UNKNOWN}.
 */
public final class LocalReplica {
  private final DocumentId document;
  private final ReplicaId id;
  private final StoreContext context;

  LocalReplica(DocumentId document, ReplicaId id, StoreContext context) {
    this.document = document;
    this.id = id;
    this.context = context;
  }

  /**
   * Returns the author.
   *
   * @return the replica id
   */
  public ReplicaId id() {
    return id;
  }

  /**
   * Inserts a node without payload.
   *
   * @param parent the parent, visible or the root
   * @param placement its place among its siblings
   * @return the new node
   */
  public NodeId insert(NodeId parent, Placement placement) {
    return insert(parent, placement, (transaction, operation) -> null);
  }

  /**
   * Inserts a node with a payload.
   *
   * @param parent the parent, visible or the root
   * @param placement its place among its siblings
   * @param payload its content, inline
   * @return the new node
   */
  public NodeId insert(NodeId parent, Placement placement, Payload payload) {
    requireInline(payload);
    return insert(parent, placement, (transaction, operation) -> payload);
  }

  /**
   * Inserts a node with a payload of any size, which is never whole in memory.
   *
   * @param parent the parent, visible or the root
   * @param placement its place among its siblings
   * @param content its content
   * @return the new node
   */
  public NodeId insert(NodeId parent, Placement placement, PayloadSource content) {
    return insert(
        parent, placement, (transaction, operation) -> store(transaction, operation, content));
  }

  private NodeId insert(NodeId parent, Placement placement, Content content) {
    NodeId node = NodeId.timeOrdered();
    write(
        (transaction, seen, clock) -> {
          // With the new node, which the catch-up asks for.
          seen.load(List.of(parent, node));
          requireVisible(seen, parent);
          var orderKey = new Siblings(transaction, parent, node).orderKey(placement);
          OperationId operation = clock.next();
          return List.of(
              new Operation.Insert(
                  operation,
                  clock.lamport(),
                  node,
                  parent,
                  orderKey,
                  content.of(transaction, operation)));
        });
    return node;
  }

  /**
   * Moves a node, with everything below it.
   *
   * @param node the node, visible
   * @param parent its new parent, visible or the root, and not below the node
   * @param placement its place among its new siblings
   * @return what was done
   */
  public AppendResult move(NodeId node, NodeId parent, Placement placement) {
    return write(
        (transaction, seen, clock) -> {
          seen.load(List.of(node, parent));
          requireNode(seen, node);
          requireVisible(seen, parent);
          if (seen.visibleChain(parent).stream().anyMatch(row -> row.node().equals(node))) {
            throw TidemarkException.of(ErrorCode.CYCLE)
                .with(Detail.NODE, node)
                .with(Detail.PARENT, parent)
                .build();
          }
          var orderKey = new Siblings(transaction, parent, node).orderKey(placement);
          return List.of(new Operation.Move(clock.next(), clock.lamport(), node, parent, orderKey));
        });
  }

  /**
   * Writes the payload of a node.
   *
   * @param node the node, visible or the root
   * @param payload its new content, inline
   * @return what was done
   */
  public AppendResult setPayload(NodeId node, Payload payload) {
    requireInline(payload);
    return setPayload(node, (transaction, operation) -> payload);
  }

  /**
   * Writes the payload of a node, of any size, which is never whole in memory.
   *
   * @param node the node, visible or the root
   * @param content its new content
   * @return what was done
   */
  public AppendResult setPayload(NodeId node, PayloadSource content) {
    return setPayload(node, (transaction, operation) -> store(transaction, operation, content));
  }

  /**
   * Takes the payload of a node away.
   *
   * @param node the node, visible or the root
   * @return what was done
   */
  public AppendResult clearPayload(NodeId node) {
    return setPayload(node, (transaction, operation) -> null);
  }

  private AppendResult setPayload(NodeId node, Content content) {
    return write(
        (transaction, seen, clock) -> {
          requireVisible(seen, node);
          OperationId operation = clock.next();
          return List.of(
              new Operation.SetPayload(
                  operation, clock.lamport(), node, content.of(transaction, operation)));
        });
  }

  /**
   * Deletes a node with everything below it. What others write into the subtree without having seen
   * this brings it back.
   *
   * @param node the node, visible and not the root
   * @return what was done
   */
  public AppendResult delete(NodeId node) {
    return write(
        (transaction, seen, clock) -> {
          NodeRow row = requireNode(seen, node);
          List<Operation> deletes = new ArrayList<>();
          for (KnownOperations known : SubtreeKnowledge.of(transaction, row).split()) {
            deletes.add(new Operation.Delete(clock.next(), clock.lamport(), node, known));
          }
          return deletes;
        });
  }

  private static Payload store(
      WriteTransaction transaction, OperationId operation, PayloadSource content) {
    try (InputStream stream = content.open()) {
      return StreamedPayload.store(transaction, operation, stream);
    } catch (IOException | UncheckedIOException e) {
      throw TidemarkException.of(ErrorCode.PAYLOAD_SOURCE_FAILED)
          .with(Detail.PROBLEM, String.valueOf(e.getMessage()))
          .causedBy(e)
          .build();
    }
  }

  /** Makes the payload of an operation. */
  private interface Content {
    @Nullable Payload of(WriteTransaction transaction, OperationId operation);
  }

  private AppendResult write(LocalWriter.Author author) {
    long start = context.startNanos();
    LocalWriter writer =
        new LocalWriter(id, author, context.catchUp(), context.appender(), context.policy());
    LocalWriter.Written written =
        context
            .publisher()
            .publish(
                document,
                () -> context.units().write(document, writer),
                LocalWriter.Written::changes,
                done -> report(done, start));
    Sightings.reportWhole(context, document, written.operations());
    return written.append();
  }

  private void report(LocalWriter.Written written, long startNanos) {
    AppendReports.report(context, written.earlier());
    AppendReports.report(context, document, written.append(), context.nanosSince(startNanos));
  }

  private static void requireInline(Payload payload) {
    if (!payload.isInline()) {
      throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
          .with(Detail.ARGUMENT, "payload")
          .with(Detail.PROBLEM, "its bytes are not at hand")
          .build();
    }
  }

  private static void requireVisible(SeenRows seen, NodeId node) {
    if (!seen.isVisible(node)) {
      throw notFound(node);
    }
  }

  private static NodeRow requireNode(SeenRows seen, NodeId node) {
    List<NodeRow> chain = seen.visibleChain(node);
    if (chain.isEmpty()) {
      throw notFound(node);
    }
    return chain.get(0);
  }

  private static TidemarkException notFound(NodeId node) {
    return TidemarkException.of(ErrorCode.NODE_NOT_FOUND).with(Detail.NODE, node).build();
  }
}

package dev.tidemark.spi.support;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Whole rows as opaque bytes, for backends that look for rows by columns of their own and keep the
 * rest as one body. Each form begins with the number of its format.
 *
 * @param <T> the rows
 */
public final class RowCodec<T> {
  /** The state of a document. */
  public static final RowCodec<DocumentState> STATE =
      new RowCodec<>("a state", RowCodec::write, RowCodec::state);

  /** An operation. */
  public static final RowCodec<Operation> OPERATION =
      new RowCodec<>("an operation", RowCodec::write, RowCodec::operation);

  /** A node of the tree. */
  public static final RowCodec<NodeRow> NODE =
      new RowCodec<>("a node", RowCodec::write, RowCodec::node);

  /** An entry of the structural index. */
  public static final RowCodec<StructuralRow> STRUCTURAL =
      new RowCodec<>("a structural operation", RowCodec::write, RowCodec::structural);

  /** What the deletes of a node cover. */
  public static final RowCodec<KnownOperations> KNOWN =
      new RowCodec<>(
          "a set of operations",
          (out, known) -> out.bytes(KnownCodec.encode(known)),
          in -> KnownCodec.decode(in.bytes()));

  /** A payload of which fragments are missing. */
  public static final RowCodec<StagedPayload> STAGED =
      new RowCodec<>("a staged payload", RowCodec::write, RowCodec::staged);

  private static final int FORMAT = 1;
  private static final int IS_PLACED = NodeFlags.FREE;
  private static final int HAS_PAYLOAD_KEY = NodeFlags.FREE << 1;
  private static final int EFFECTIVE = 1;
  private static final int INNER = 2;
  private static final byte[] NO_BODY = {};

  private final String name;
  private final BiConsumer<RowWriter, T> writer;
  private final Function<RowReader, T> reader;

  private RowCodec(String name, BiConsumer<RowWriter, T> writer, Function<RowReader, T> reader) {
    this.name = name;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Encodes a row.
   *
   * @param row the row
   * @return its bytes
   */
  public byte[] encode(T row) {
    RowWriter out = new RowWriter().number(FORMAT);
    writer.accept(out, row);
    return out.toByteArray();
  }

  /**
   * Decodes a row.
   *
   * @param bytes what {@link #encode} made
   * @return the row
   * @throws DamagedBytesException if they are nothing of the kind
   */
  public T decode(byte[] bytes) {
    return DamagedBytesException.guard(
        name,
        () -> {
          RowReader in = new RowReader(bytes);
          long format = in.number();
          if (format != FORMAT) {
            throw DamagedBytesException.of(name + " of format " + format);
          }
          T row = reader.apply(in);
          in.ensureEnd();
          return row;
        });
  }

  private static void write(RowWriter out, DocumentState state) {
    out.number(state.version())
        .number(state.operations())
        .key(state.head())
        .key(state.innerHead())
        .position(state.materialized())
        .number(state.pending())
        .key(state.frontier());
  }

  private static DocumentState state(RowReader in) {
    return new DocumentState(
        in.number(),
        in.number(),
        in.optionalKey(),
        in.optionalKey(),
        in.position(),
        in.number(),
        in.optionalKey());
  }

  private static void write(RowWriter out, Operation operation) {
    byte[] body = OperationKind.body(operation);
    out.number(OperationKind.of(operation).number()).key(operation.key()).node(operation.node());
    if (operation instanceof Operation.Structural structural) {
      out.node(structural.parent()).bytes(structural.orderKey().toByteArray());
    }
    out.bytes(body == null ? NO_BODY : body);
  }

  private static Operation operation(RowReader in) {
    OperationKind kind = OperationKind.of(in.number());
    CanonicalKey key = in.key();
    NodeId node = in.node();
    byte[] parent = kind.isStructural() ? in.node().toByteArray() : null;
    byte[] orderKey = kind.isStructural() ? in.bytes() : null;
    return kind.operation(key.id(), key.lamport(), node, parent, orderKey, in.bytes());
  }

  private static void write(RowWriter out, NodeRow row) {
    PlacementRow placement = row.placement();
    CanonicalKey payloadKey = NodeFlags.separatePayloadKey(row);
    out.number(
            NodeFlags.of(row)
                | (placement == null ? 0 : IS_PLACED)
                | (payloadKey == null ? 0 : HAS_PAYLOAD_KEY))
        .node(row.node());
    if (placement != null) {
      out.placement(placement);
    }
    if (payloadKey != null) {
      out.key(payloadKey);
    }
  }

  private static NodeRow node(RowReader in) {
    int flags = in.smallNumber();
    return NodeFlags.row(
        in.node(),
        flags,
        (flags & IS_PLACED) == 0 ? null : in.placement(),
        (flags & HAS_PAYLOAD_KEY) == 0 ? null : in.key());
  }

  private static void write(RowWriter out, StructuralRow row) {
    out.number((row.isEffective() ? EFFECTIVE : 0) | (row.isInner() ? INNER : 0))
        .node(row.node())
        .placement(row.placement());
  }

  private static StructuralRow structural(RowReader in) {
    long flags = in.number();
    NodeId node = in.node();
    PlacementRow placement = in.placement();
    return new StructuralRow(
        node,
        placement.writtenBy(),
        placement.parent(),
        placement.orderKey(),
        (flags & EFFECTIVE) != 0,
        (flags & INNER) != 0);
  }

  private static void write(RowWriter out, StagedPayload staged) {
    write(out, staged.operation());
    out.bytes(ReceivedRanges.encode(staged.received())).fixed(staged.touchedAt());
  }

  private static StagedPayload staged(RowReader in) {
    if (operation(in) instanceof Operation.PayloadCarrying carrying) {
      return new StagedPayload(carrying, ReceivedRanges.decode(in.bytes()), in.fixed());
    }
    throw DamagedBytesException.of("an operation that carries no payload is staged");
  }
}

package dev.tidemark.spi.support;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Which operation a row holds, for backends that give each part of it a column: what the column of
 * the kind says, and what the one column of the body holds.
 */
public enum OperationKind {
  /** An insert whose payload is at hand; it is the body. */
  INSERT(0),
  /** An insert without a payload, and without a body. */
  INSERT_WITHOUT_PAYLOAD(1),
  /** An insert whose payload is in pieces; the body is its size and digest. */
  INSERT_REFERENCE(2),
  /** A move, without a body. */
  MOVE(3),
  /** A payload write whose payload is at hand; it is the body. */
  WRITE(4),
  /** A payload write whose payload is in pieces; the body is its size and digest. */
  WRITE_REFERENCE(5),
  /** A payload write that clears, without a body. */
  CLEAR(6),
  /** A delete; the body is what the deleter knew, as {@link KnownCodec} has it. */
  DELETE(7);

  private final int number;

  OperationKind(int number) {
    this.number = number;
  }

  /**
   * Returns what stands for the kind, for ever. The commonest come first: some engines store small
   * numbers in fewer bytes.
   *
   * @return from 0 to 7
   */
  public int number() {
    return number;
  }

  /**
   * Returns the kind of an operation.
   *
   * @param operation the operation
   * @return its kind
   */
  public static OperationKind of(Operation operation) {
    if (operation instanceof Operation.Insert insert) {
      return of(insert.payload(), INSERT_WITHOUT_PAYLOAD, INSERT, INSERT_REFERENCE);
    }
    if (operation instanceof Operation.SetPayload write) {
      return of(write.payload(), CLEAR, WRITE, WRITE_REFERENCE);
    }
    return operation instanceof Operation.Move ? MOVE : DELETE;
  }

  private static OperationKind of(
      @Nullable Payload payload, OperationKind none, OperationKind inline, OperationKind other) {
    if (payload == null) {
      return none;
    }
    return payload.isInline() ? inline : other;
  }

  /**
   * Returns the kind that a number stands for.
   *
   * @param number what {@link #number} returned
   * @return the kind
   * @throws DamagedBytesException if there is none
   */
  public static OperationKind of(long number) {
    for (OperationKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw DamagedBytesException.of("no kind of operation: " + number);
  }

  /**
   * Returns the body of an operation.
   *
   * @param operation the operation
   * @return what its kind says; null where the kind has no body
   */
  public static byte @Nullable [] body(Operation operation) {
    if (operation instanceof Operation.Delete delete) {
      return KnownCodec.encode(delete.known());
    }
    Payload payload =
        operation instanceof Operation.PayloadCarrying carrying ? carrying.payload() : null;
    if (payload == null) {
      return null;
    }
    return payload.isInline() ? payload.toByteArray() : reference(payload);
  }

  private static byte[] reference(Payload payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Varints.write(out, payload.size());
    out.writeBytes(payload.digest().toByteArray());
    return out.toByteArray();
  }

  private static Payload reference(byte[] body) {
    ByteBuffer in = ByteBuffer.wrap(body);
    long size = Varints.read(in);
    return Payload.reference(size, PayloadDigest.of(Varints.readBytes(in, in.remaining())));
  }

  /** Tells whether operations of this kind have a parent and an order key. */
  boolean isStructural() {
    return this == INSERT
        || this == INSERT_WITHOUT_PAYLOAD
        || this == INSERT_REFERENCE
        || this == MOVE;
  }

  /**
   * Makes the operation again. Columns that the kind does not have are not looked at, so it does
   * not matter what stands there for absence.
   *
   * @param id its id
   * @param lamport its Lamport time
   * @param node its node
   * @param parent its parent
   * @param orderKey its order key
   * @param body what {@link #body} returned; becomes part of the operation, so it must not be
   *     changed any more
   * @return the operation
   * @throws DamagedBytesException if there can be no such operation
   */
  public Operation operation(
      OperationId id,
      long lamport,
      NodeId node,
      byte @Nullable [] parent,
      byte @Nullable [] orderKey,
      byte @Nullable [] body) {
    return DamagedBytesException.guard(
        "an operation",
        () -> {
          NodeId under = isStructural() ? NodeId.of(present(parent)) : null;
          return make(id, lamport, node, under, orderKey, body);
        });
  }

  /**
   * Makes the operation again, as {@link #operation(OperationId, long, NodeId, byte[], byte[],
   * byte[])} does, where the parent is known as such.
   *
   * @param id its id
   * @param lamport its Lamport time
   * @param node its node
   * @param parent its parent
   * @param orderKey its order key
   * @param body what {@link #body} returned; becomes part of the operation, so it must not be
   *     changed any more
   * @return the operation
   * @throws DamagedBytesException if there can be no such operation
   */
  public Operation operationUnder(
      OperationId id,
      long lamport,
      NodeId node,
      @Nullable NodeId parent,
      byte @Nullable [] orderKey,
      byte @Nullable [] body) {
    return DamagedBytesException.guard(
        "an operation", () -> make(id, lamport, node, parent, orderKey, body));
  }

  private Operation make(
      OperationId id,
      long lamport,
      NodeId node,
      @Nullable NodeId parent,
      byte @Nullable [] orderKey,
      byte @Nullable [] body) {
    return switch (this) {
      case INSERT -> insert(id, lamport, node, parent, orderKey, Payload.wrap(present(body)));
      case INSERT_WITHOUT_PAYLOAD -> insert(id, lamport, node, parent, orderKey, null);
      case INSERT_REFERENCE ->
          insert(id, lamport, node, parent, orderKey, reference(present(body)));
      case MOVE ->
          new Operation.Move(id, lamport, node, present(parent), OrderKey.of(present(orderKey)));
      case WRITE -> new Operation.SetPayload(id, lamport, node, Payload.wrap(present(body)));
      case WRITE_REFERENCE -> new Operation.SetPayload(id, lamport, node, reference(present(body)));
      case CLEAR -> new Operation.SetPayload(id, lamport, node, null);
      case DELETE -> new Operation.Delete(id, lamport, node, KnownCodec.decode(present(body)));
    };
  }

  private static Operation insert(
      OperationId id,
      long lamport,
      NodeId node,
      @Nullable NodeId parent,
      byte @Nullable [] orderKey,
      @Nullable Payload payload) {
    return new Operation.Insert(
        id, lamport, node, present(parent), OrderKey.of(present(orderKey)), payload);
  }

  private static <T> T present(@Nullable T column) {
    if (column == null) {
      throw DamagedBytesException.of("a column that this kind of operation has is absent");
    }
    return column;
  }
}

package dev.tidemark.postgres.internal.table;

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
 * What a row's kind column says: which operation it is, and what its body column holds. The numbers
 * are stored, for ever.
 */
enum OperationKind {
  /** The body is the payload. */
  INSERT(0),
  /** No body. */
  INSERT_WITHOUT_PAYLOAD(1),
  /** The body is the payload's size and digest; its bytes are in pieces. */
  INSERT_REFERENCE(2),
  /** No body. */
  MOVE(3),
  /** The body is the payload. */
  WRITE(4),
  /** The body is the payload's size and digest; its bytes are in pieces. */
  WRITE_REFERENCE(5),
  /** No body. */
  CLEAR(6),
  /** The body is what the deleter knew. */
  DELETE(7);

  private final int number;

  OperationKind(int number) {
    this.number = number;
  }

  /** Returns what stands in the kind column, for ever. */
  int number() {
    return number;
  }

  static OperationKind of(Operation operation) {
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

  static OperationKind of(int number) {
    for (OperationKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of operation: " + number);
  }

  /** Returns what stands in the body column. */
  static byte[] body(Operation operation) {
    if (operation instanceof Operation.Delete delete) {
      return KnownCodec.encode(delete.known());
    }
    Payload payload =
        operation instanceof Operation.PayloadCarrying carrying ? carrying.payload() : null;
    if (payload == null) {
      return Keys.ABSENT;
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

  /** Makes the operation again; columns that the kind does not have are not looked at. */
  Operation operation(
      OperationId id, long lamport, NodeId node, byte[] parent, byte[] orderKey, byte[] body) {
    return switch (this) {
      case INSERT -> insert(id, lamport, node, parent, orderKey, Payload.wrap(body));
      case INSERT_WITHOUT_PAYLOAD -> insert(id, lamport, node, parent, orderKey, null);
      case INSERT_REFERENCE -> insert(id, lamport, node, parent, orderKey, reference(body));
      case MOVE -> new Operation.Move(id, lamport, node, NodeId.of(parent), OrderKey.of(orderKey));
      case WRITE -> new Operation.SetPayload(id, lamport, node, Payload.wrap(body));
      case WRITE_REFERENCE -> new Operation.SetPayload(id, lamport, node, reference(body));
      case CLEAR -> new Operation.SetPayload(id, lamport, node, null);
      case DELETE -> new Operation.Delete(id, lamport, node, KnownCodec.decode(body));
    };
  }

  private static Operation insert(
      OperationId id,
      long lamport,
      NodeId node,
      byte[] parent,
      byte[] orderKey,
      @Nullable Payload payload) {
    return new Operation.Insert(
        id, lamport, node, NodeId.of(parent), OrderKey.of(orderKey), payload);
  }
}

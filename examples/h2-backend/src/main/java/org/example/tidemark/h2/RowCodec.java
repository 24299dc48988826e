package org.example.tidemark.h2;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.NodeRow;
import dev.tidemark.spi.PayloadRow;
import dev.tidemark.spi.PlacementRow;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StructuralRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the body columns: what no statement looks for. Nothing here has an order; it only
 * must come back as it was.
 */
final class RowCodec {
  private static final int INSERT = 0;
  private static final int MOVE = 1;
  private static final int WRITE = 2;
  private static final int DELETE = 3;
  private static final int NO_PAYLOAD = 0;
  private static final int INLINE = 1;
  private static final int REFERENCE = 2;

  private RowCodec() {}

  /** Writes a value. */
  private interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads a value. */
  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  private static byte[] encode(Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new AssertionError("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Says of bytes that are none of ours that the row is damaged. */
  private static <T> T decode(byte[] bytes, Reader<T> reader) throws DamagedRowException {
    try {
      return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException | RuntimeException e) {
      throw new DamagedRowException(e);
    }
  }

  static byte[] encode(DocumentState state) {
    return encode(
        out -> {
          out.writeLong(state.version());
          out.writeLong(state.operations());
          writeOptional(out, state.head());
          writeOptional(out, state.innerHead());
          out.writeLong(state.materialized().version());
          out.writeInt(state.materialized().sequence());
          out.writeLong(state.pending());
          writeOptional(out, state.frontier());
        });
  }

  static DocumentState state(byte[] bytes) throws DamagedRowException {
    return decode(
        bytes,
        in ->
            new DocumentState(
                in.readLong(),
                in.readLong(),
                readOptional(in),
                readOptional(in),
                new Position(in.readLong(), in.readInt()),
                in.readLong(),
                readOptional(in)));
  }

  static byte[] encode(Operation operation) {
    return encode(out -> write(out, operation));
  }

  static Operation operation(byte[] bytes) throws DamagedRowException {
    return decode(bytes, RowCodec::readOperation);
  }

  private static void write(DataOutputStream out, Operation operation) throws IOException {
    out.writeByte(
        operation instanceof Operation.Insert
            ? INSERT
            : operation instanceof Operation.Move
                ? MOVE
                : operation instanceof Operation.SetPayload ? WRITE : DELETE);
    write(out, operation.key());
    write(out, operation.node());
    if (operation instanceof Operation.Structural structural) {
      write(out, structural.parent());
      write(out, structural.orderKey().toByteArray());
    }
    if (operation instanceof Operation.PayloadCarrying carrying) {
      write(out, carrying.payload());
    }
    if (operation instanceof Operation.Delete delete) {
      write(out, delete.known());
    }
  }

  private static Operation readOperation(DataInputStream in) throws IOException {
    int kind = in.readByte();
    CanonicalKey key = readKey(in);
    OperationId id = key.id();
    long lamport = key.lamport();
    NodeId node = readNode(in);
    return switch (kind) {
      case INSERT ->
          new Operation.Insert(
              id, lamport, node, readNode(in), OrderKey.of(readBytes(in)), readPayload(in));
      case MOVE -> new Operation.Move(id, lamport, node, readNode(in), OrderKey.of(readBytes(in)));
      case WRITE -> new Operation.SetPayload(id, lamport, node, readPayload(in));
      case DELETE -> new Operation.Delete(id, lamport, node, readKnown(in));
      default -> throw new IOException("no kind of operation: " + kind);
    };
  }

  private static void write(DataOutputStream out, @Nullable Payload payload) throws IOException {
    if (payload == null) {
      out.writeByte(NO_PAYLOAD);
    } else if (payload.isInline()) {
      out.writeByte(INLINE);
      write(out, payload.toByteArray());
    } else {
      out.writeByte(REFERENCE);
      out.writeLong(payload.size());
      write(out, payload.digest().toByteArray());
    }
  }

  private static @Nullable Payload readPayload(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case NO_PAYLOAD -> null;
      case INLINE -> Payload.wrap(readBytes(in));
      default -> Payload.reference(in.readLong(), PayloadDigest.of(readBytes(in)));
    };
  }

  static byte[] encode(KnownOperations known) {
    return encode(out -> write(out, known));
  }

  static KnownOperations known(byte[] bytes) throws DamagedRowException {
    return decode(bytes, RowCodec::readKnown);
  }

  private static void write(DataOutputStream out, KnownOperations known) throws IOException {
    out.writeInt(known.ranges().size());
    for (Map.Entry<ReplicaId, List<KnownOperations.CounterRange>> entry :
        known.ranges().entrySet()) {
      write(out, entry.getKey().toByteArray());
      out.writeInt(entry.getValue().size());
      for (KnownOperations.CounterRange range : entry.getValue()) {
        out.writeLong(range.from());
        out.writeLong(range.to());
      }
    }
  }

  private static KnownOperations readKnown(DataInputStream in) throws IOException {
    KnownOperations.Builder known = KnownOperations.builder();
    for (int replicas = in.readInt(); replicas > 0; replicas--) {
      ReplicaId replica = ReplicaId.of(readBytes(in));
      for (int ranges = in.readInt(); ranges > 0; ranges--) {
        known.add(replica, in.readLong(), in.readLong());
      }
    }
    return known.build();
  }

  static byte[] encode(NodeRow row) {
    return encode(
        out -> {
          write(out, row.node());
          PlacementRow placement = row.placement();
          out.writeBoolean(placement != null);
          if (placement != null) {
            write(out, placement);
          }
          PayloadRow payload = row.payload();
          out.writeBoolean(payload != null);
          if (payload != null) {
            write(out, payload.writtenBy());
            out.writeBoolean(payload.isPresent());
          }
          out.writeBoolean(row.isInner());
          out.writeBoolean(row.isDeleted());
          out.writeBoolean(row.isTombstoned());
          out.writeBoolean(row.isIndexed());
        });
  }

  static NodeRow node(byte[] bytes) throws DamagedRowException {
    return decode(
        bytes,
        in ->
            new NodeRow(
                readNode(in),
                in.readBoolean() ? readPlacement(in) : null,
                in.readBoolean() ? new PayloadRow(readKey(in), in.readBoolean()) : null,
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean()));
  }

  static byte[] encode(StructuralRow row) {
    return encode(
        out -> {
          write(out, row.node());
          write(out, row.placement());
          out.writeBoolean(row.isEffective());
          out.writeBoolean(row.isInner());
        });
  }

  static StructuralRow structural(byte[] bytes) throws DamagedRowException {
    return decode(
        bytes,
        in -> {
          NodeId node = readNode(in);
          PlacementRow placement = readPlacement(in);
          return new StructuralRow(
              node,
              placement.writtenBy(),
              placement.parent(),
              placement.orderKey(),
              in.readBoolean(),
              in.readBoolean());
        });
  }

  private static void write(DataOutputStream out, PlacementRow placement) throws IOException {
    write(out, placement.parent());
    write(out, placement.orderKey().toByteArray());
    write(out, placement.writtenBy());
  }

  private static PlacementRow readPlacement(DataInputStream in) throws IOException {
    return new PlacementRow(readNode(in), OrderKey.of(readBytes(in)), readKey(in));
  }

  static byte[] encode(StagedPayload staged) {
    return encode(
        out -> {
          write(out, staged.operation());
          out.writeInt(staged.received().size());
          for (StagedPayload.ByteRange range : staged.received()) {
            out.writeLong(range.from());
            out.writeLong(range.to());
          }
          out.writeLong(staged.touchedAt());
        });
  }

  static StagedPayload staged(byte[] bytes) throws DamagedRowException {
    return decode(
        bytes,
        in -> {
          Operation operation = readOperation(in);
          List<StagedPayload.ByteRange> received = new ArrayList<>();
          for (int ranges = in.readInt(); ranges > 0; ranges--) {
            received.add(new StagedPayload.ByteRange(in.readLong(), in.readLong()));
          }
          return new StagedPayload((Operation.PayloadCarrying) operation, received, in.readLong());
        });
  }

  private static void writeOptional(DataOutputStream out, @Nullable CanonicalKey key)
      throws IOException {
    out.writeBoolean(key != null);
    if (key != null) {
      write(out, key);
    }
  }

  private static @Nullable CanonicalKey readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? readKey(in) : null;
  }

  private static void write(DataOutputStream out, CanonicalKey key) throws IOException {
    out.writeLong(key.lamport());
    write(out, key.replica().toByteArray());
    out.writeLong(key.counter());
  }

  private static CanonicalKey readKey(DataInputStream in) throws IOException {
    return new CanonicalKey(in.readLong(), ReplicaId.of(readBytes(in)), in.readLong());
  }

  private static void write(DataOutputStream out, NodeId node) throws IOException {
    out.writeLong(node.high());
    out.writeLong(node.low());
  }

  private static NodeId readNode(DataInputStream in) throws IOException {
    return new NodeId(in.readLong(), in.readLong());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}

package org.example.tidemark.h2;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Limits;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.SiblingKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

// tutorial: keys
/**
 * Keys as bytes whose order, unsigned, is the order of what they stand for. So each order that the
 * interface asks for is the order of one column, and each page a range of it.
 *
 * <p>Numbers are big-endian and never negative. A byte string that something follows would mix its
 * order with that of what follows; so each 00 in it becomes 00 FF, and 00 00 ends it.
 */
final class Keys {
  /** Before all keys. */
  static final byte[] FIRST = {};

  /** Behind all keys: in those of siblings 00 00 comes after at most that many bytes. */
  static final byte[] BEYOND = new byte[Limits.MAX_ORDER_KEY_BYTES + 1];

  static {
    Arrays.fill(BEYOND, (byte) 0xFF);
  }

  private Keys() {}

  static byte[] of(DocumentId document) {
    return document.value().getBytes(StandardCharsets.UTF_8);
  }

  static byte[] of(Position position) {
    return position(position.version(), position.sequence());
  }

  static byte[] position(long version, int sequence) {
    return ByteBuffer.allocate(12).putLong(version).putInt(sequence).array();
  }

  static byte[] of(OperationId id) {
    return id(id.replica(), id.counter());
  }

  static byte[] id(ReplicaId replica, long counter) {
    return join(ended(replica.toByteArray()), number(counter));
  }

  static byte[] of(CanonicalKey key) {
    return join(number(key.lamport()), of(key.id()));
  }

  static byte[] of(SiblingKey key) {
    return join(ended(key.orderKey().toByteArray()), key.node().toByteArray());
  }

  static byte[] place(NodeId parent, Position position) {
    return join(parent.toByteArray(), of(position));
  }

  // tutorial: end

  static Position position(byte[] key, int offset) {
    ByteBuffer in = ByteBuffer.wrap(key, offset, 12);
    return new Position(in.getLong(), in.getInt());
  }

  /** The counter at the end of an operation's key. */
  static long counter(byte[] id) {
    return ByteBuffer.wrap(id).getLong(id.length - Long.BYTES);
  }

  static CanonicalKey canonical(byte[] key) {
    ByteArrayOutputStream replica = new ByteArrayOutputStream();
    int end = key.length - Long.BYTES - 2;
    for (int i = Long.BYTES; i < end; i++) {
      replica.write(key[i]);
      if (key[i] == 0) {
        i++;
      }
    }
    long lamport = ByteBuffer.wrap(key).getLong();
    return new CanonicalKey(lamport, ReplicaId.of(replica.toByteArray()), counter(key));
  }

  /** The keys of a bulk call, as one parameter. */
  static <T> byte[][] list(Collection<T> values, Function<T, byte[]> key) {
    return values.stream().map(key).toArray(byte[][]::new);
  }

  static byte[] orFirst(@Nullable NodeId node) {
    return node == null ? FIRST : node.toByteArray();
  }

  static byte[] orElse(@Nullable CanonicalKey key, byte[] bound) {
    return key == null ? bound : of(key);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] ended(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 2);
    for (byte each : bytes) {
      out.write(each);
      if (each == 0) {
        out.write(0xFF);
      }
    }
    out.write(0);
    out.write(0);
    return out.toByteArray();
  }

  private static byte[] join(byte[] head, byte[] tail) {
    return ByteBuffer.allocate(head.length + tail.length).put(head).put(tail).array();
  }
}

package dev.tidemark.postgres.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.ReplicaId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keys of several parts as one byte string whose unsigned order is that of the parts, so that every
 * range of the log and the indexes is one plain comparison. (Row values are not pushed down, or got
 * wrong, by several engines that speak PostgreSQL's protocol, and the usual {@code version >= ? AND
 * (version > ? OR sequence >= ?)} reads a version from its start.)
 *
 * <p>A number is the count of its bytes, then these bytes without leading zeros, so small ones take
 * two. A replica is its bytes, 0 and 1 written as {@code 01 01} and {@code 01 02}, then {@code 00}:
 * no replica's form is the beginning of another's. These forms are stored, for ever.
 */
public final class Keys {
  /** What stands for absence; no key is empty. */
  static final byte[] ABSENT = {};

  /** Above every key, whatever follows the same beginning. */
  private static final int ABOVE_ALL = 0xFF;

  private static final int ESCAPE = 1;

  private Keys() {}

  static byte[] orAbsent(byte @Nullable [] column) {
    return column == null ? ABSENT : column;
  }

  /**
   * Encodes a position.
   *
   * @param position the position
   * @return its version, then its sequence
   */
  public static byte[] position(Position position) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(8);
    number(out, position.version());
    number(out, position.sequence());
    return out.toByteArray();
  }

  /** Returns what is above all positions of a version and those before it. */
  static byte[] afterVersion(long version) {
    if (version == Long.MAX_VALUE) {
      return new byte[] {(byte) ABOVE_ALL};
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(8);
    number(out, Math.max(version, -1) + 1);
    return out.toByteArray();
  }

  static Position position(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Position position = new Position(number(in), Math.toIntExact(number(in)));
    ensureEnd(in);
    return position;
  }

  static byte[] operation(OperationId id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(24);
    replica(out, id.replica());
    number(out, id.counter());
    return out.toByteArray();
  }

  static OperationId operation(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    OperationId id = new OperationId(replica(in), number(in));
    ensureEnd(in);
    return id;
  }

  /** Returns what all operations of a replica begin with. */
  static byte[] replica(ReplicaId replica) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(24);
    replica(out, replica);
    return out.toByteArray();
  }

  /** Returns what is above everything with this beginning. */
  static byte[] above(byte[] beginning) {
    byte[] bytes = Arrays.copyOf(beginning, beginning.length + 1);
    bytes[beginning.length] = (byte) ABOVE_ALL;
    return bytes;
  }

  /** Returns the first byte string behind a key. */
  static byte[] behind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  static byte[] canonical(@Nullable CanonicalKey key) {
    if (key == null) {
      return ABSENT;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(32);
    number(out, key.lamport());
    replica(out, key.replica());
    number(out, key.counter());
    return out.toByteArray();
  }

  static @Nullable CanonicalKey canonical(byte[] bytes) {
    if (bytes.length == 0) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CanonicalKey key = new CanonicalKey(number(in), replica(in), number(in));
    ensureEnd(in);
    return key;
  }

  private static void number(ByteArrayOutputStream out, long number) {
    int bytes = (Long.SIZE - Long.numberOfLeadingZeros(number) + Byte.SIZE - 1) / Byte.SIZE;
    out.write(bytes);
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write((int) (number >>> shift));
    }
  }

  private static long number(ByteBuffer in) {
    int bytes = in.get();
    if (bytes < 0 || bytes > Long.BYTES) {
      throw new IllegalArgumentException("a number of " + bytes + " bytes");
    }
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = number << Byte.SIZE | Byte.toUnsignedLong(in.get());
    }
    return number;
  }

  private static void replica(ByteArrayOutputStream out, ReplicaId replica) {
    for (byte each : replica.toByteArray()) {
      if (each == 0 || each == ESCAPE) {
        out.write(ESCAPE);
        out.write(each + 1);
      } else {
        out.write(each);
      }
    }
    out.write(0);
  }

  private static ReplicaId replica(ByteBuffer in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(16);
    for (byte next = in.get(); next != 0; next = in.get()) {
      bytes.write(next == ESCAPE ? in.get() - 1 : next);
    }
    return ReplicaId.of(bytes.toByteArray());
  }

  private static void ensureEnd(ByteBuffer in) {
    if (in.hasRemaining()) {
      throw new IllegalArgumentException(in.remaining() + " bytes after the key");
    }
  }
}

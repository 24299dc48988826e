package dev.tidemark.api;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * An author of operations: 1 to {@value Limits#MAX_REPLICA_ID_BYTES} bytes, compared as unsigned
 * bytes, a prefix before its extensions.
 *
 * <p>One replica id belongs to one writer at a time. A device that was restored from a backup, or
 * copied, takes a new one: otherwise it would give counters a second meaning, which every store
 * refuses (rule A10).
 */
public final class ReplicaId implements Comparable<ReplicaId> {
  private static final int RANDOM_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] bytes;
  private final int hash;

  private ReplicaId(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /**
   * Returns the replica id of these bytes, which are copied.
   *
   * @param bytes 1 to {@value Limits#MAX_REPLICA_ID_BYTES} bytes
   * @return the id
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if the length is out of range
   */
  public static ReplicaId of(byte[] bytes) {
    return new ReplicaId(ByteStrings.checkedCopy("replica", bytes, 1, Limits.MAX_REPLICA_ID_BYTES));
  }

  /**
   * Returns the replica id that {@link #toHex} wrote.
   *
   * @param hex an even number of hexadecimal digits
   * @return the id
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if it is no such text
   */
  public static ReplicaId fromHex(String hex) {
    return of(ByteStrings.parseHex("replica", hex));
  }

  /**
   * Returns a new id of 16 random bytes.
   *
   * @return the id
   */
  public static ReplicaId random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return new ReplicaId(bytes);
  }

  /**
   * Returns a copy of the bytes.
   *
   * @return the bytes
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * Returns the number of bytes.
   *
   * @return 1 to {@value Limits#MAX_REPLICA_ID_BYTES}
   */
  public int length() {
    return bytes.length;
  }

  /**
   * Returns the bytes as lower-case hexadecimal digits.
   *
   * @return two digits a byte
   */
  public String toHex() {
    return ByteStrings.toHex(bytes);
  }

  @Override
  public int compareTo(ReplicaId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object object) {
    return this == object
        || (object instanceof ReplicaId other
            && hash == other.hash
            && Arrays.equals(bytes, other.bytes));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return toHex();
  }
}

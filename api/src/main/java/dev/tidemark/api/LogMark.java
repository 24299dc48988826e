package dev.tidemark.api;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which operation stands right before a cursor, so that a log that went another way is noticed: a
 * source that was restored from a backup gives its next versions to other operations, and a reader
 * that went on behind them would never receive these. It is a function of the log alone, as all in
 * a cursor (rule C2).
 *
 * @param position where the operation stands
 * @param fingerprint of its id and Lamport time, as {@link #of} makes it
 */
public record LogMark(Position position, long fingerprint) {
  /** The length of a fingerprint. */
  static final int BYTES = Long.BYTES;

  /**
   * Checks the position.
   *
   * @throws TidemarkException with {@link ErrorCode#INVALID_ARGUMENT} if no operation can stand
   *     there
   */
  public LogMark {
    Invalid.inRange("version of a mark", position.version(), 1, Long.MAX_VALUE);
  }

  /**
   * Marks an operation. The fingerprint is the first eight bytes, the most significant first, of
   * the SHA-256 (FIPS 180-4) of its Lamport time and counter, eight bytes each, and its replica.
   *
   * @param logged the operation
   * @return its mark
   */
  public static LogMark of(LoggedOperation logged) {
    CanonicalKey key = logged.operation().key();
    byte[] replica = key.id().replica().toByteArray();
    ByteBuffer identity =
        ByteBuffer.allocate(2 * Long.BYTES + replica.length)
            .putLong(key.lamport())
            .putLong(key.id().counter())
            .put(replica);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.array());
      return new LogMark(logged.position(), ByteBuffer.wrap(hash).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return position + "#" + Long.toHexString(fingerprint);
  }
}

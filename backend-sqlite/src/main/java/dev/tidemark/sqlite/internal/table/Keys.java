package dev.tidemark.sqlite.internal.table;

import dev.tidemark.api.CanonicalKey;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.spi.support.Varints;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Canonical keys where they are content and nothing is searched or sorted by them: Lamport time and
 * counter in 8 bytes each, then the replica.
 */
final class Keys {
  private Keys() {}

  static byte @Nullable [] encode(@Nullable CanonicalKey key) {
    if (key == null) {
      return null;
    }
    byte[] replica = key.replica().toByteArray();
    return ByteBuffer.allocate(2 * Long.BYTES + replica.length)
        .putLong(key.lamport())
        .putLong(key.counter())
        .put(replica)
        .array();
  }

  static @Nullable CanonicalKey decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long lamport = in.getLong();
    long counter = in.getLong();
    byte[] replica = Varints.readBytes(in, in.remaining());
    return new CanonicalKey(lamport, ReplicaId.of(replica), counter);
  }
}

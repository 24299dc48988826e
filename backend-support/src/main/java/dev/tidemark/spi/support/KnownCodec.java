package dev.tidemark.spi.support;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.KnownOperations.CounterRange;
import dev.tidemark.api.ReplicaId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Sets of operations as bytes: per replica its length and bytes, the number of ranges, and per
 * range the gap before it and its length less one, all numbers as {@link Varints} has them.
 */
public final class KnownCodec {
  private KnownCodec() {}

  /**
   * Encodes a set.
   *
   * @param known the set
   * @return its bytes; none for the empty set
   */
  public static byte[] encode(KnownOperations known) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<ReplicaId, List<CounterRange>> entry : known.ranges().entrySet()) {
      byte[] replica = entry.getKey().toByteArray();
      Varints.write(out, replica.length);
      out.writeBytes(replica);
      Varints.write(out, entry.getValue().size());
      long end = 0;
      for (CounterRange range : entry.getValue()) {
        Varints.write(out, range.from() - end);
        Varints.write(out, range.to() - range.from());
        end = range.to();
      }
    }
    return out.toByteArray();
  }

  /**
   * Decodes a set.
   *
   * @param bytes what {@link #encode} made
   * @return the set
   * @throws DamagedBytesException if they are nothing of the kind
   */
  public static KnownOperations decode(byte[] bytes) {
    return DamagedBytesException.guard("a set of operations", () -> read(ByteBuffer.wrap(bytes)));
  }

  private static KnownOperations read(ByteBuffer in) {
    KnownOperations.Builder known = KnownOperations.builder();
    while (in.hasRemaining()) {
      ReplicaId replica = ReplicaId.of(Varints.readBytes(in, Varints.read(in)));
      long end = 0;
      for (long ranges = Varints.read(in); ranges > 0; ranges--) {
        long from = end + Varints.read(in);
        end = from + Varints.read(in);
        known.add(replica, from, end);
      }
    }
    return known.build();
  }
}

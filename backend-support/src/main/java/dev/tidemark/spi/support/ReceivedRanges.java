package dev.tidemark.spi.support;

import dev.tidemark.spi.StagedPayload.ByteRange;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was received of a payload as bytes: both ends of each range, as {@link Varints} has them.
 */
public final class ReceivedRanges {
  private ReceivedRanges() {}

  /**
   * Encodes ranges.
   *
   * @param ranges the ranges
   * @return their bytes; none if there are no ranges
   */
  public static byte[] encode(List<ByteRange> ranges) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteRange range : ranges) {
      Varints.write(out, range.from());
      Varints.write(out, range.to());
    }
    return out.toByteArray();
  }

  /**
   * Decodes ranges.
   *
   * @param bytes what {@link #encode} made
   * @return the ranges, in the same order
   * @throws DamagedBytesException if they are nothing of the kind
   */
  public static List<ByteRange> decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<ByteRange> ranges = new ArrayList<>();
    while (in.hasRemaining()) {
      ranges.add(new ByteRange(Varints.read(in), Varints.read(in)));
    }
    return List.copyOf(ranges);
  }
}

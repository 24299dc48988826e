package dev.tidemark.core.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.spi.StagedPayload.ByteRange;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sets of ranges behave as sets of bytes. */
class ReceivedRangesTest {
  @Test
  void rangesAreEqualToASetOfBytes() {
    Random random = new Random(3);
    for (int history = 0; history < 2_000; history++) {
      ReceivedRanges ranges = ReceivedRanges.NONE;
      BitSet bytes = new BitSet();
      for (int step = 0; step < 12; step++) {
        int from = random.nextInt(60);
        int to = from + 1 + random.nextInt(20);
        BitSet missing = new BitSet();
        missing.set(from, to);
        missing.andNot(bytes);
        assertThat(toBits(ranges.missing(new ByteRange(from, to)))).isEqualTo(missing);
        ranges = ranges.plus(new ByteRange(from, to));
        bytes.set(from, to);
        assertThat(toBits(ranges.ranges())).isEqualTo(bytes);
        assertThat(ranges.withoutGap()).isEqualTo(bytes.nextClearBit(0));
        long last = -1;
        for (ByteRange range : ranges.ranges()) {
          assertThat(range.from()).isGreaterThan(last);
          last = range.to();
        }
      }
    }
  }

  private static BitSet toBits(List<ByteRange> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set((int) range.from(), (int) range.to()));
    return bits;
  }
}

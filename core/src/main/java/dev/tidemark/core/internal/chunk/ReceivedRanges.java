package dev.tidemark.core.internal.chunk;

import dev.tidemark.spi.StagedPayload.ByteRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which bytes of a payload have come: ranges that ascend and neither overlap nor touch.
 *
 * @param ranges the ranges
 */
record ReceivedRanges(List<ByteRange> ranges) {
  static final ReceivedRanges NONE = new ReceivedRanges(List.of());

  /** The parts of a range that have not come. */
  List<ByteRange> missing(ByteRange wanted) {
    List<ByteRange> missing = new ArrayList<>();
    long from = wanted.from();
    for (ByteRange range : ranges) {
      if (range.to() <= from) {
        continue;
      }
      if (range.from() >= wanted.to()) {
        break;
      }
      if (range.from() > from) {
        missing.add(new ByteRange(from, range.from()));
      }
      from = range.to();
    }
    if (from < wanted.to()) {
      missing.add(new ByteRange(from, wanted.to()));
    }
    return missing;
  }

  ReceivedRanges plus(ByteRange added) {
    List<ByteRange> sum = new ArrayList<>(ranges.size() + 1);
    long from = added.from();
    long to = added.to();
    boolean isPlaced = false;
    for (ByteRange range : ranges) {
      if (range.to() < from) {
        sum.add(range);
      } else if (range.from() > to) {
        if (!isPlaced) {
          sum.add(new ByteRange(from, to));
          isPlaced = true;
        }
        sum.add(range);
      } else {
        from = Math.min(from, range.from());
        to = Math.max(to, range.to());
      }
    }
    if (!isPlaced) {
      sum.add(new ByteRange(from, to));
    }
    return new ReceivedRanges(sum);
  }

  /** How many bytes have come from the start of the payload without a gap. */
  long withoutGap() {
    return ranges.isEmpty() || ranges.get(0).from() > 0 ? 0 : ranges.get(0).to();
  }
}

package dev.tidemark.conformance.memory;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.TidemarkException;
import java.util.Map;
import java.util.NavigableMap;
import org.pcollections.TreePMap;

/** Puts a range of a payload together from the pieces that hold it. */
final class PayloadPieces {
  private PayloadPieces() {}

  static byte[] read(
      TreePMap<OperationId, TreePMap<Long, byte[]>> payloads,
      OperationId operation,
      long offset,
      int length) {
    NavigableMap<Long, byte[]> pieces = Rows.entries(payloads, operation);
    byte[] range = new byte[length];
    int filled = 0;
    while (filled < length) {
      long at = offset + filled;
      Map.Entry<Long, byte[]> piece = pieces.floorEntry(at);
      int skipped = piece == null ? 0 : Math.toIntExact(at - piece.getKey());
      if (piece == null || skipped >= piece.getValue().length) {
        throw TidemarkException.of(ErrorCode.PAYLOAD_MISSING)
            .with(Detail.OPERATION, operation)
            .with(Detail.POSITION, "byte " + at)
            .build();
      }
      int taken = Math.min(piece.getValue().length - skipped, length - filled);
      System.arraycopy(piece.getValue(), skipped, range, filled, taken);
      filled += taken;
    }
    return range;
  }
}

package dev.tidemark.core.internal.payload;

import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.spi.WriteTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.List;

/** Stores the content of a stream as a payload, of which one piece is in memory at a time. */
public final class StreamedPayload {
  private StreamedPayload() {}

  /**
   * Reads a stream to its end.
   *
   * @param transaction receives what is too large to be inline
   * @param operation the operation that is to carry the payload; what is staged of it gives way
   * @param content the content; not closed
   * @return the payload: inline up to {@link PayloadLayout#INLINE_BYTES}, a reference beyond
   * @throws UncheckedIOException if the stream cannot be read
   */
  public static Payload store(
      WriteTransaction transaction, OperationId operation, InputStream content) {
    try {
      byte[] piece = content.readNBytes(PayloadLayout.PIECE_BYTES);
      if (piece.length <= PayloadLayout.INLINE_BYTES) {
        return Payload.wrap(piece);
      }
      StagedTwins.discard(transaction, List.of(operation));
      MessageDigest digest = PayloadDigest.newMessageDigest();
      long size = 0;
      while (piece.length > 0) {
        digest.update(piece);
        PayloadPieces.write(transaction, operation, size, piece);
        size += piece.length;
        piece = content.readNBytes(PayloadLayout.PIECE_BYTES);
      }
      return Payload.reference(size, PayloadDigest.of(digest.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

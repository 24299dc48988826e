package dev.tidemark.core.internal.payload;

import dev.tidemark.api.OperationId;
import dev.tidemark.spi.WriteTransaction;
import java.nio.ByteBuffer;

/** Writes ranges of payloads in pieces that never cross a {@link PayloadLayout#PIECE_BYTES}. */
public final class PayloadPieces {
  private PayloadPieces() {}

  /**
   * Writes a range. No byte of it may have been written before.
   *
   * @param transaction the transaction
   * @param operation the operation that carries the payload
   * @param offset the place of the first byte
   * @param bytes the bytes; none is allowed
   */
  public static void write(
      WriteTransaction transaction, OperationId operation, long offset, byte[] bytes) {
    write(transaction, operation, offset, ByteBuffer.wrap(bytes));
  }

  /**
   * Writes a range. No byte of it may have been written before.
   *
   * @param transaction the transaction
   * @param operation the operation that carries the payload
   * @param offset the place of the first byte
   * @param bytes the bytes between position and limit, which stay as they are
   */
  public static void write(
      WriteTransaction transaction, OperationId operation, long offset, ByteBuffer bytes) {
    ByteBuffer rest = bytes.duplicate();
    long place = offset;
    while (rest.hasRemaining()) {
      int room = PayloadLayout.PIECE_BYTES - (int) (place % PayloadLayout.PIECE_BYTES);
      byte[] piece = new byte[Math.min(room, rest.remaining())];
      rest.get(piece);
      transaction.writePayload(operation, place, piece);
      place += piece.length;
    }
  }
}

package dev.tidemark.core.internal.payload;

import dev.tidemark.api.OperationId;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.spi.ReadTransaction;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Reads whole stored payloads, never more of them at once than {@link PayloadLayout#READ_BYTES}.
 */
public final class StoredPayloads {
  private StoredPayloads() {}

  /**
   * Computes the digest of a payload's stored bytes.
   *
   * @param transaction the transaction
   * @param operation the operation that carries the payload
   * @param size the number of bytes
   * @return the digest
   * @throws dev.tidemark.api.TidemarkException with {@code PAYLOAD_MISSING} if not all are there
   */
  public static PayloadDigest digest(
      ReadTransaction transaction, OperationId operation, long size) {
    MessageDigest digest = PayloadDigest.newMessageDigest();
    long offset = 0;
    while (offset < size) {
      int length = (int) Math.min(PayloadLayout.READ_BYTES, size - offset);
      digest.update(transaction.readPayload(operation, offset, length));
      offset += length;
    }
    return PayloadDigest.of(digest.digest());
  }

  /**
   * Fills a buffer with stored bytes.
   *
   * @param transaction the transaction
   * @param operation the operation that carries the payload
   * @param offset the first byte
   * @param target receives bytes until it is full
   */
  public static void read(
      ReadTransaction transaction, OperationId operation, long offset, ByteBuffer target) {
    long place = offset;
    while (target.hasRemaining()) {
      int length = Math.min(PayloadLayout.READ_BYTES, target.remaining());
      target.put(transaction.readPayload(operation, place, length));
      place += length;
    }
  }
}

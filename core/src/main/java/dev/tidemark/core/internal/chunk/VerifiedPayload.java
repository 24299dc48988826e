package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.payload.PayloadLayout;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.StagedPayload;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a staged payload whose bytes are all there, known or computed outside of the
 * transaction that uses it: a gigabyte takes seconds, in which other writers of the document would
 * wait.
 *
 * <p>Stored bytes are never overwritten. They change only where they are all removed and come
 * again, and then the row was touched at another time.
 *
 * @param operation the operation that carries the payload
 * @param touchedAt when its row was last touched for the bytes that were digested
 * @param digest of the stored bytes: read again, or taken as they were stored
 */
record VerifiedPayload(OperationId operation, long touchedAt, PayloadDigest digest) {
  /** How much one unit of work reads: a snapshot must not be held for as long as all takes. */
  private static final int BYTES_AT_ONCE = 16 * PayloadLayout.READ_BYTES;

  /**
   * Computes the digest.
   *
   * @return null if the payload is not staged, or not complete, any more
   */
  static @Nullable VerifiedPayload compute(DocumentUnits units, OperationId operation, long size) {
    Optional<StagedPayload> staged =
        units.read(transaction -> complete(transaction, operation, size));
    if (staged.isEmpty()) {
      return null;
    }
    MessageDigest digest = PayloadDigest.newMessageDigest();
    try {
      for (long offset = 0; offset < size; offset += BYTES_AT_ONCE) {
        long from = offset;
        // The bytes of a unit that has to run again must not be counted twice.
        MessageDigest before = copy(digest);
        digest =
            units.read(
                transaction ->
                    update(
                        copy(before),
                        transaction,
                        operation,
                        from,
                        Math.min(size, from + BYTES_AT_ONCE)));
      }
    } catch (TidemarkException e) {
      boolean isGone =
          e.code() == ErrorCode.PAYLOAD_MISSING
              && !staged.equals(units.read(transaction -> complete(transaction, operation, size)));
      if (isGone) {
        return null;
      }
      throw e;
    }
    return new VerifiedPayload(
        operation, staged.get().touchedAt(), PayloadDigest.of(digest.digest()));
  }

  boolean isOf(StagedPayload staged) {
    return operation.equals(staged.operation().id()) && touchedAt == staged.touchedAt();
  }

  private static Optional<StagedPayload> complete(
      ReadTransaction transaction, OperationId operation, long size) {
    StagedPayload staged = transaction.stagedPayloads(List.of(operation)).get(operation);
    return Optional.ofNullable(staged).filter(row -> FragmentStage.isComplete(row, size));
  }

  private static MessageDigest update(
      MessageDigest digest,
      ReadTransaction transaction,
      OperationId operation,
      long from,
      long to) {
    for (long offset = from; offset < to; offset += PayloadLayout.READ_BYTES) {
      int length = (int) Math.min(PayloadLayout.READ_BYTES, to - offset);
      digest.update(transaction.readPayload(operation, offset, length));
    }
    return digest;
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the platform's SHA-256 can be copied", e);
    }
  }
}

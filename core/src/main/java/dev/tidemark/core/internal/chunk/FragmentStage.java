package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.payload.PayloadPieces;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.StagedPayload.ByteRange;
import dev.tidemark.spi.WriteTransaction;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payloads that wait for the rest of their bytes.
 *
 * <p>A staged row without a received range is <em>condemned</em>: its bytes are wrong or abandoned,
 * and are being removed in several transactions. Nothing may be written over what is left of them,
 * so fragments wait until the row is gone.
 */
final class FragmentStage {
  /** Condemned rows are older than any limit, so that the clean-up of leftovers finds them too. */
  private static final long LONG_AGO = 0;

  /** What one transaction of a removal did. */
  enum Removal {
    /** There are more bytes. */
    GOING_ON,
    /** The row went, with the last of the bytes. */
    REMOVED,
    /** There was no condemned row. */
    NOTHING_THERE
  }

  private final Clock clock;

  FragmentStage(Clock clock) {
    this.clock = clock;
  }

  static @Nullable StagedPayload find(WriteTransaction transaction, OperationId operation) {
    return transaction.stagedPayloads(List.of(operation)).get(operation);
  }

  static boolean isCondemned(StagedPayload staged) {
    return staged.received().isEmpty();
  }

  static boolean isComplete(StagedPayload staged, long size) {
    return withoutGap(staged) >= size;
  }

  /** How many bytes are there from the start without a gap. */
  static long withoutGap(StagedPayload staged) {
    return new ReceivedRanges(staged.received()).withoutGap();
  }

  /** Writes what has not come of a fragment to its final place, and returns the row. */
  StagedPayload add(
      WriteTransaction transaction, @Nullable StagedPayload staged, DecodedChunk.Content content) {
    ReceivedRanges received =
        staged == null ? ReceivedRanges.NONE : new ReceivedRanges(staged.received());
    long offset = content.range().offset();
    ByteRange range = new ByteRange(offset, offset + content.range().length());
    for (ByteRange missing : received.missing(range)) {
      PayloadPieces.write(
          transaction,
          content.operation().id(),
          missing.from(),
          content
              .bytes()
              .slice((int) (missing.from() - offset), (int) (missing.to() - missing.from())));
    }
    StagedPayload added =
        new StagedPayload(content.operation(), received.plus(range).ranges(), clock.millis());
    transaction.putStagedPayload(added);
    return added;
  }

  static void condemn(WriteTransaction transaction, Operation.PayloadCarrying operation) {
    transaction.putStagedPayload(new StagedPayload(operation, List.of(), LONG_AGO));
  }

  /**
   * Removes bytes of a condemned payload, and its row with the last of them. Bytes that an
   * operation in the log has come to own stay, and only the row goes.
   */
  static Removal removeCondemned(
      WriteTransaction transaction, OperationId operation, int maxPieces) {
    StagedPayload staged = find(transaction, operation);
    if (staged == null || !isCondemned(staged)) {
      return Removal.NOTHING_THERE;
    }
    boolean isLogged = transaction.operations(List.of(operation)).containsKey(operation);
    if (!isLogged && transaction.removePayload(operation, maxPieces) == maxPieces) {
      return Removal.GOING_ON;
    }
    transaction.removeStagedPayload(operation);
    return Removal.REMOVED;
  }

  static void requireSame(Operation known, Operation operation) {
    if (!known.equals(operation)) {
      throw TidemarkException.of(ErrorCode.OPERATION_CONFLICT)
          .with(Detail.OPERATION, operation.id())
          .with(Detail.NODE, operation.node())
          .with(Detail.REMEDY, "the replica id was used twice; give one of its writers a new one")
          .build();
    }
  }
}

package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.core.internal.chunk.FragmentStage.Removal;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Applies chunks in as many transactions as they need: one; two with the last fragment of a
 * payload, whose digest is computed between them; more where bytes must be removed.
 */
public final class ChunkIntake {
  /** How many pieces of a payload one transaction removes. */
  public static final int PIECES_AT_ONCE = 256;

  private final ChunkApplier applier;
  private final IntConsumer staged;
  private final Consumer<ErrorCode> failed;

  /**
   * Makes an intake.
   *
   * @param applier applies one chunk in one transaction
   * @param staged learns, after each commit, how many more payloads are staged, or fewer
   * @param failed learns why a chunk is refused that was looked at in a transaction
   */
  public ChunkIntake(ChunkApplier applier, IntConsumer staged, Consumer<ErrorCode> failed) {
    this.applier = applier;
    this.staged = staged;
    this.failed = failed;
  }

  /**
   * Applies a chunk.
   *
   * @param units runs transactions on the chunk's document
   * @param chunk the chunk
   * @param step the pull that the chunk belongs to
   * @param policy when to bring the tree up to date
   * @return what was done
   * @throws dev.tidemark.api.TidemarkException as {@link ChunkApplier#apply} does; and with {@code
   *     PAYLOAD_DIGEST_MISMATCH}, when the bytes of that payload are removed
   */
  public ApplyResult apply(
      DocumentUnits units, DecodedChunk chunk, PullStep step, CatchUpPolicy policy) {
    VerifiedPayload verified = null;
    while (true) {
      VerifiedPayload known = verified;
      ApplyOutcome outcome =
          units.write(transaction -> applier.apply(transaction, chunk, step, policy, known));
      report(outcome.staged());
      if (outcome instanceof ApplyOutcome.Applied applied) {
        return applied.result();
      }
      if (outcome instanceof ApplyOutcome.Unverified complete) {
        verified = VerifiedPayload.compute(units, complete.operation(), complete.size());
      }
      if (outcome instanceof ApplyOutcome.Damaged damaged) {
        removeCondemned(units, damaged.operation());
        failed.accept(damaged.failure().code());
        throw damaged.failure();
      }
      if (outcome instanceof ApplyOutcome.Blocked blocked) {
        removeCondemned(units, blocked.operation());
      }
    }
  }

  private void removeCondemned(DocumentUnits units, OperationId operation) {
    Removal removal;
    do {
      removal =
          units.write(
              transaction -> FragmentStage.removeCondemned(transaction, operation, PIECES_AT_ONCE));
    } while (removal == Removal.GOING_ON);
    report(removal == Removal.REMOVED ? -1 : 0);
  }

  private void report(int change) {
    if (change != 0) {
      staged.accept(change);
    }
  }
}

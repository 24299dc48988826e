package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Telemetry;
import dev.tidemark.core.internal.chunk.FragmentStage.Removal;

/**
 * Applies chunks in as many transactions as they need: one; two with the last fragment of a
 * payload, whose digest is computed between them; more where bytes must be removed.
 */
public final class ChunkIntake {
  /** How many pieces of a payload one transaction removes. */
  public static final int PIECES_AT_ONCE = 256;

  private final ChunkApplier applier;
  private final Telemetry telemetry;

  /**
   * Makes an intake.
   *
   * @param applier applies one chunk in one transaction
   * @param telemetry learns how many payloads are staged
   */
  public ChunkIntake(ChunkApplier applier, Telemetry telemetry) {
    this.applier = applier;
    this.telemetry = telemetry;
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

  private void report(int staged) {
    if (staged != 0) {
      telemetry.stagedChanged(staged);
    }
  }
}

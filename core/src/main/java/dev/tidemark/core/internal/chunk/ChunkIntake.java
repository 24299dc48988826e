package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.OperationId;
import dev.tidemark.core.internal.chunk.FragmentStage.Removal;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Applies chunks in as many transactions as they need: one; two with the last fragment of a
 * payload, whose digest is known or computed between them; more where bytes must be removed.
 */
public final class ChunkIntake {
  /** How many pieces of a payload one transaction removes. */
  public static final int PIECES_AT_ONCE = 256;

  private final ChunkApplier applier;
  private final IntConsumer staged;
  private final Consumer<ErrorCode> failed;
  private final RunningDigests digests;

  /**
   * Makes an intake.
   *
   * @param applier applies one chunk in one transaction
   * @param digests those of payloads that come to this store in fragments
   * @param staged learns, after each commit, how many more payloads are staged, or fewer
   * @param failed learns why a chunk is refused that was looked at in a transaction
   */
  public ChunkIntake(
      ChunkApplier applier,
      RunningDigests digests,
      IntConsumer staged,
      Consumer<ErrorCode> failed) {
    this.applier = applier;
    this.digests = digests;
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
      follow(chunk, outcome.arrival());
      if (outcome instanceof ApplyOutcome.Applied applied) {
        return applied.result();
      }
      if (outcome instanceof ApplyOutcome.Unverified complete) {
        DocumentId document = chunk.header().document();
        verified = digests.take(document, complete.operation(), complete.size());
        if (verified == null) {
          verified = VerifiedPayload.compute(units, complete.operation(), complete.size());
        }
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

  private void follow(DecodedChunk chunk, RunningDigests.@Nullable Arrival arrival) {
    DecodedChunk.Content content = chunk.content();
    if (arrival != null && content != null) {
      digests.arrived(chunk.header().document(), arrival, content);
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

package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.PayloadDigest;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.internal.payload.PayloadLayout;
import dev.tidemark.core.internal.tree.Frontiers;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.StagedPayload;
import dev.tidemark.spi.WriteTransaction;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies decoded chunks, each in one transaction: operations, fragment and progress together (rule
 * A3), idempotent and in any order (A1, A2), with no payload whole in memory (A5). The last
 * fragment of a payload takes a second one, for the operation that it completes: see {@link
 * VerifiedPayload}.
 */
public final class ChunkApplier {
  private final BatchAppender appender;
  private final OperationGuard guard;
  private final FragmentStage stage;

  /**
   * Makes an applier.
   *
   * @param appender appends complete operations
   * @param guard refuses operations whose fragments are not worth storing
   * @param clock tells when a fragment came
   */
  public ChunkApplier(BatchAppender appender, OperationGuard guard, Clock clock) {
    this.appender = appender;
    this.guard = guard;
    this.stage = new FragmentStage(clock);
  }

  /**
   * Applies a chunk. Does not commit; {@link ChunkIntake} does what the outcome calls for.
   *
   * @param transaction the transaction
   * @param chunk the chunk
   * @param step the pull that the chunk belongs to
   * @param policy when to bring the tree up to date
   * @param verified the digest of the payload that the chunk's fragment completes, if it is known
   * @return what was done, to be committed
   * @throws TidemarkException with {@code CHUNK_MISMATCH}, {@code OPERATION_CONFLICT} or {@code
   *     CLOCK_JUMP}; then the transaction must not be committed
   */
  ApplyOutcome apply(
      WriteTransaction transaction,
      DecodedChunk chunk,
      PullStep step,
      CatchUpPolicy policy,
      @Nullable VerifiedPayload verified) {
    if (!chunk.header().document().equals(transaction.document())) {
      throw TidemarkException.of(ErrorCode.CHUNK_MISMATCH)
          .with(Detail.EXPECTED, transaction.document())
          .with(Detail.ACTUAL, chunk.header().document())
          .build();
    }
    DecodedChunk.Content content = chunk.content();
    return content == null
        ? applyOperations(transaction, chunk, step, policy)
        : applyFragment(transaction, chunk, content, step, policy, verified);
  }

  private ApplyOutcome applyOperations(
      WriteTransaction transaction, DecodedChunk chunk, PullStep step, CatchUpPolicy policy) {
    List<Operation> operations = chunk.operations();
    int staged = 0;
    for (StagedPayload waiting : stagedTwins(transaction, operations).values()) {
      if (FragmentStage.isCondemned(waiting)) {
        return new ApplyOutcome.Blocked(waiting.operation().id());
      }
      staged--;
    }
    AppendResult append =
        operations.isEmpty()
            ? nothing(transaction, 0)
            : appender.append(transaction, operations, policy);
    PullProgress.advance(transaction, step, chunk.header());
    return new ApplyOutcome.Applied(new ApplyResult(chunk.header(), append, false), staged);
  }

  /** Payloads that come whole while some of their bytes wait; the appender lets those give way. */
  private static Map<OperationId, StagedPayload> stagedTwins(
      WriteTransaction transaction, List<Operation> operations) {
    Map<OperationId, Operation> large = new LinkedHashMap<>();
    for (Operation operation : operations) {
      Payload payload = OperationWriter.payloadOf(operation);
      if (payload != null && payload.size() > PayloadLayout.INLINE_BYTES) {
        large.put(operation.id(), operation);
      }
    }
    if (large.isEmpty()) {
      return Map.of();
    }
    Map<OperationId, StagedPayload> twins = transaction.stagedPayloads(large.keySet());
    twins.forEach(
        (id, staged) -> {
          Operation operation = large.get(id);
          if (operation != null && !FragmentStage.isCondemned(staged)) {
            FragmentStage.requireSame(staged.operation(), operation);
          }
        });
    return twins;
  }

  private ApplyOutcome applyFragment(
      WriteTransaction transaction,
      DecodedChunk chunk,
      DecodedChunk.Content content,
      PullStep step,
      CatchUpPolicy policy,
      @Nullable VerifiedPayload verified) {
    Operation.PayloadCarrying operation = content.operation();
    long size = content.range().payloadSize();
    LoggedOperation logged = transaction.operations(List.of(operation.id())).get(operation.id());
    if (logged != null) {
      FragmentStage.requireSame(logged.operation(), operation);
      PullProgress.advance(transaction, step, chunk.header());
      // An operation is known once, with its last fragment.
      int known = content.range().offset() + content.range().length() == size ? 1 : 0;
      return new ApplyOutcome.Applied(
          new ApplyResult(chunk.header(), nothing(transaction, known), false), 0);
    }
    StagedPayload staged = FragmentStage.find(transaction, operation.id());
    if (staged != null && FragmentStage.isCondemned(staged)) {
      return new ApplyOutcome.Blocked(operation.id());
    }
    if (staged == null) {
      guard.check(transaction, operation);
    } else {
      FragmentStage.requireSame(staged.operation(), operation);
      if (verified != null && verified.isOf(staged)) {
        return complete(transaction, chunk, operation, verified.digest(), step, policy);
      }
      if (FragmentStage.isComplete(staged, size)) {
        // Not touched again: two that receive the same payload would each take the other's digest
        // for that of other bytes, and compute it for ever.
        return new ApplyOutcome.Unverified(operation.id(), size, 0, null);
      }
    }
    int change = staged == null ? 1 : 0;
    StagedPayload added = stage.add(transaction, staged, content);
    RunningDigests.Arrival arrival = new RunningDigests.Arrival(staged, added);
    long received = FragmentStage.withoutGap(added);
    if (received == size) {
      return new ApplyOutcome.Unverified(operation.id(), size, change, arrival);
    }
    PullProgress.advance(transaction, step, chunk.header(), operation, received);
    return new ApplyOutcome.Applied(
        new ApplyResult(chunk.header(), nothing(transaction, 0), true), change, arrival);
  }

  private ApplyOutcome complete(
      WriteTransaction transaction,
      DecodedChunk chunk,
      Operation.PayloadCarrying operation,
      PayloadDigest actual,
      PullStep step,
      CatchUpPolicy policy) {
    Payload announced = OperationWriter.payloadOf(operation);
    if (announced == null || !announced.digest().equals(actual)) {
      FragmentStage.condemn(transaction, operation);
      PullProgress.rewind(transaction, step, chunk.header(), operation);
      return new ApplyOutcome.Damaged(operation.id(), damaged(operation, announced, actual));
    }
    transaction.removeStagedPayload(operation.id());
    AppendResult append = appender.append(transaction, List.of(operation), policy);
    PullProgress.advance(transaction, step, chunk.header());
    return new ApplyOutcome.Applied(new ApplyResult(chunk.header(), append, false), -1);
  }

  private static TidemarkException damaged(
      Operation operation, @Nullable Payload announced, PayloadDigest actual) {
    return TidemarkException.of(ErrorCode.PAYLOAD_DIGEST_MISMATCH)
        .with(Detail.OPERATION, operation.id())
        .with(Detail.EXPECTED, announced == null ? "none" : announced.digest())
        .with(Detail.ACTUAL, actual)
        .with(Detail.REMEDY, "all fragments of this payload must be read again")
        .build();
  }

  private static AppendResult nothing(WriteTransaction transaction, int known) {
    DocumentState state = transaction.state();
    return new AppendResult(
        state.version(),
        0,
        known,
        0,
        new ChangeSet(transaction.document(), state.version(), List.of()),
        CatchUp.NONE,
        Frontiers.of(state));
  }
}

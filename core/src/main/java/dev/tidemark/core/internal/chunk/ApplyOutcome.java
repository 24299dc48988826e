package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.ApplyResult;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.TidemarkException;
import org.jspecify.annotations.Nullable;

/** What one transaction made of a chunk. All are to be committed. */
public sealed interface ApplyOutcome {
  /**
   * Returns by how much the number of staged payloads changed.
   *
   * @return how many more there are; negative for fewer
   */
  int staged();

  /**
   * Returns the fragment that was staged.
   *
   * @return what was staged; null for nothing
   */
  default RunningDigests.@Nullable Arrival arrival() {
    return null;
  }

  /**
   * The chunk is applied.
   *
   * @param result what it did
   * @param staged how many more payloads are staged than before; negative for fewer
   * @param arrival the fragment that was staged; null for none
   */
  record Applied(ApplyResult result, int staged, RunningDigests.@Nullable Arrival arrival)
      implements ApplyOutcome {
    Applied(ApplyResult result, int staged) {
      this(result, staged, null);
    }
  }

  /**
   * All bytes of a payload are there, and its digest is not known yet. The operation waits, and the
   * stored progress has not moved; the chunk is to be applied again with the digest.
   *
   * @param operation the operation
   * @param size how many bytes there are
   * @param staged how many more payloads are staged than before
   * @param arrival the fragment that was staged; null where it had come before
   */
  record Unverified(
      OperationId operation, long size, int staged, RunningDigests.@Nullable Arrival arrival)
      implements ApplyOutcome {}

  /**
   * All bytes of a payload are there and the digest does not fit. Its bytes are condemned, the
   * stored progress is back at its first fragment, and nothing else is applied.
   *
   * @param operation the operation
   * @param failure what to throw when the bytes are removed
   */
  record Damaged(OperationId operation, TidemarkException failure) implements ApplyOutcome {
    @Override
    public int staged() {
      return 0;
    }
  }

  /**
   * Condemned bytes of the same payload are still there. Nothing is applied; the chunk is to be
   * applied again when they are removed.
   *
   * @param operation the operation
   */
  record Blocked(OperationId operation) implements ApplyOutcome {
    @Override
    public int staged() {
      return 0;
    }
  }
}

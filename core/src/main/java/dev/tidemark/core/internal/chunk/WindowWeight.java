package dev.tidemark.core.internal.chunk;

import com.google.common.math.LongMath;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;

/**
 * What operations count against a window's cap (rule C11). It depends on the operation alone, not
 * on how the window is paged or compressed.
 */
public final class WindowWeight {
  /** What every operation counts beside its payload, order key and known ranges. */
  public static final int PER_OPERATION = 64;

  private WindowWeight() {}

  /**
   * Weighs an operation.
   *
   * @param operation the operation
   * @return its weight in bytes, from {@link #PER_OPERATION}
   */
  public static long of(Operation operation) {
    long weight = PER_OPERATION + ChunkBody.knownWeight(operation);
    if (operation instanceof Operation.Structural structural) {
      weight += structural.orderKey().length();
    }
    Payload payload = OperationWriter.payloadOf(operation);
    return payload == null ? weight : LongMath.saturatedAdd(weight, payload.size());
  }
}

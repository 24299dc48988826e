package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.Operation;
import dev.tidemark.spi.ReadTransaction;

/**
 * Refuses operations that the log would never take, when the first bytes of their payload come and
 * not when the last do (rule A11).
 */
@FunctionalInterface
public interface OperationGuard {
  /**
   * Checks an operation that is not in the log.
   *
   * @param transaction the transaction
   * @param operation the operation
   * @throws dev.tidemark.api.TidemarkException with the code that appending it would have
   */
  void check(ReadTransaction transaction, Operation operation);
}

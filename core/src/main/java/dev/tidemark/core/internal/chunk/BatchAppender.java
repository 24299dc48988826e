package dev.tidemark.core.internal.chunk;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Operation;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;

/** Appends operations to the log as one version and catches up, within a given transaction. */
@FunctionalInterface
public interface BatchAppender {
  /**
   * Appends operations, some of which may be in the log already.
   *
   * @param transaction the transaction, not committed by this call
   * @param operations the operations; payloads that are references have their bytes stored
   * @param policy when to bring the tree up to date
   * @return what was done
   */
  AppendResult append(
      WriteTransaction transaction, List<? extends Operation> operations, CatchUpPolicy policy);
}

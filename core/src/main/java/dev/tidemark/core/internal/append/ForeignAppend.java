package dev.tidemark.core.internal.append;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Operation;
import dev.tidemark.core.internal.transaction.UnitOfWork;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;

/**
 * Appends operations that others wrote.
 *
 * @param operations the operations
 * @param appender appends them
 * @param policy when to bring them into the tree
 */
public record ForeignAppend(
    List<? extends Operation> operations, Appender appender, CatchUpPolicy policy)
    implements UnitOfWork<AppendResult> {
  @Override
  public AppendResult run(WriteTransaction transaction) {
    return appender.append(transaction, operations, policy);
  }

  @Override
  public boolean wasCommitted(ReadTransaction transaction, AppendResult result) {
    return appender.wasCommitted(transaction, result, operations);
  }
}

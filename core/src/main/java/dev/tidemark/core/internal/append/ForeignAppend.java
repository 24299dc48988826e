package dev.tidemark.core.internal.append;

import dev.tidemark.api.AppendResult;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Operation;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TidemarkException;
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
  /**
   * Appends operations that come with their payloads.
   *
   * @param operations the operations
   * @param appender appends them
   * @param policy when to bring them into the tree
   * @return the unit of work
   * @throws TidemarkException with {@code INVALID_ARGUMENT} if the bytes of a payload are elsewhere
   */
  public static ForeignAppend inline(
      List<? extends Operation> operations, Appender appender, CatchUpPolicy policy) {
    operations.forEach(ForeignAppend::requireInline);
    return new ForeignAppend(List.copyOf(operations), appender, policy);
  }

  private static void requireInline(Operation operation) {
    if (operation instanceof Operation.PayloadCarrying carrying) {
      Payload payload = carrying.payload();
      if (payload != null && !payload.isInline()) {
        throw TidemarkException.of(ErrorCode.INVALID_ARGUMENT)
            .with(Detail.OPERATION, operation.id())
            .with(Detail.PROBLEM, "the bytes of its payload are not at hand")
            .with(Detail.REMEDY, "send it in chunks")
            .build();
      }
    }
  }

  @Override
  public AppendResult run(WriteTransaction transaction) {
    return appender.append(transaction, operations, policy);
  }

  @Override
  public boolean wasCommitted(ReadTransaction transaction, AppendResult result) {
    return appender.wasCommitted(transaction, result, operations);
  }
}

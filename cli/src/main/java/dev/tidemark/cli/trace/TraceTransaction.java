package dev.tidemark.cli.trace;

import dev.tidemark.api.Operation;
import java.util.List;

/**
 * Operations that were committed together.
 *
 * @param number the transaction's number, dense from 0
 * @param operations its operations, at least one, in arrival order
 */
public record TraceTransaction(long number, List<Operation> operations) {
  /** Copies the list. */
  public TraceTransaction {
    operations = List.copyOf(operations);
  }
}

package dev.tidemark.core;

import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the operations that shaped the children of a node, in position order.
 *
 * @param operations the operations; large payloads come as references
 * @param next the position that the next page starts from; null when there are no more
 */
public record OperationsPage(List<LoggedOperation> operations, @Nullable Position next) {
  /** Copies the list. */
  public OperationsPage {
    operations = List.copyOf(operations);
  }
}

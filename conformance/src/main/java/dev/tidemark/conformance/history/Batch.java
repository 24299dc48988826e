package dev.tidemark.conformance.history;

import dev.tidemark.api.Operation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The operations of one append, or upkeep without any.
 *
 * @param operations the operations
 * @param handling what is done with them
 * @param number the number that goes with the handling; 0 where none does
 */
public record Batch(List<Operation> operations, Handling handling, int number) {
  /** Copies the list. */
  public Batch {
    operations = List.copyOf(operations);
  }

  /**
   * Makes a batch that is brought into the tree at once.
   *
   * @param operations the operations
   * @return the batch
   */
  public static Batch immediate(Operation... operations) {
    return of(List.of(operations), Handling.IMMEDIATE);
  }

  /**
   * Makes a batch of which the handling has no number.
   *
   * @param operations the operations
   * @param handling what is done with them
   * @return the batch
   */
  public static Batch of(List<Operation> operations, Handling handling) {
    return new Batch(operations, handling, 0);
  }

  /**
   * Makes a batch without operations.
   *
   * @param handling what is done to the store
   * @param number the number that goes with it, or 0
   * @return the batch
   */
  public static Batch upkeep(Handling handling, int number) {
    return new Batch(List.of(), handling, number);
  }

  @Override
  public String toString() {
    String word =
        handling == Handling.IMMEDIATE
            ? ""
            : handling.hasNumber() ? handling.word() + " " + number + " " : handling.word() + " ";
    return operations.stream()
        .map(HistoryPrinter::print)
        .collect(Collectors.joining(", ", word + "{", "}"));
  }
}

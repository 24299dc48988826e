package dev.tidemark.conformance.history;

import dev.tidemark.api.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Operations in the order in which one store gets them, batch by batch.
 *
 * @param batches the batches; one may be empty
 */
public record History(List<List<Operation>> batches) {
  /** Copies the lists. */
  public History {
    batches = batches.stream().map(List::copyOf).toList();
  }

  /**
   * Reads the notation that {@link #toString} writes, and the short one of the design.
   *
   * @param text batches in braces, joined by plus signs, such as {@code {#1 2>1} + {#0 1>2}}
   * @param ranks what {@code #n} stands for
   * @return the history
   * @throws IllegalArgumentException if it is no such text
   */
  public static History parse(String text, Ranks ranks) {
    return new HistoryParser(ranks).parse(text);
  }

  /**
   * Returns all operations, in their order of arrival.
   *
   * @return the operations, repeated where the history repeats them
   */
  public List<Operation> operations() {
    return batches.stream().flatMap(List::stream).toList();
  }

  /**
   * Returns the same operations, each a batch of its own.
   *
   * @return another history
   */
  public History oneByOne() {
    return new History(operations().stream().map(List::of).toList());
  }

  /**
   * Returns the same operations in canonical order, each a batch of its own.
   *
   * @return another history
   */
  public History inCanonicalOrder() {
    return new History(
        operations().stream().sorted(Comparator.comparing(Operation::key)).map(List::of).toList());
  }

  /**
   * Returns this history without one operation.
   *
   * @param index where it stands among all operations
   * @return a smaller history, without a batch that became empty
   */
  public History without(int index) {
    List<List<Operation>> rest = new ArrayList<>();
    int passed = 0;
    for (List<Operation> batch : batches) {
      List<Operation> kept = new ArrayList<>(batch);
      if (index >= passed && index < passed + batch.size()) {
        kept.remove(index - passed);
      }
      passed += batch.size();
      if (!kept.isEmpty()) {
        rest.add(kept);
      }
    }
    return new History(rest);
  }

  /**
   * Returns this history with one batch joined to the one before.
   *
   * @param index the batch, from 1
   * @return a history of fewer batches
   */
  public History joined(int index) {
    List<List<Operation>> joined = new ArrayList<>(batches);
    List<Operation> both = new ArrayList<>(joined.get(index - 1));
    both.addAll(joined.remove(index));
    joined.set(index - 1, both);
    return new History(joined);
  }

  /** Writes the history so that {@link #parse} reads it. */
  @Override
  public String toString() {
    return batches.stream()
        .map(
            batch ->
                batch.stream()
                    .map(HistoryPrinter::print)
                    .collect(Collectors.joining(", ", "{", "}")))
        .collect(Collectors.joining(" + "));
  }
}

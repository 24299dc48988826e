package dev.tidemark.conformance.history;

import dev.tidemark.api.KnownOperations;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Operations in the order in which one store gets them, batch by batch.
 *
 * @param batches the batches; one may be empty
 */
public record History(List<Batch> batches) {
  /** Copies the list. */
  public History {
    batches = List.copyOf(batches);
  }

  /**
   * Reads the notation that {@link #toString} writes, and the short one of the design.
   *
   * @param text batches in braces, joined by plus signs, such as {@code {#1 2>1} + {#0 1>2}}; a
   *     word before a batch, such as {@code deferred} or {@code failing 3}, is its {@link Handling}
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
    return batches.stream().flatMap(batch -> batch.operations().stream()).toList();
  }

  /**
   * Returns the same operations, each a batch of its own.
   *
   * @return another history
   */
  public History oneByOne() {
    return new History(operations().stream().map(Batch::immediate).toList());
  }

  /**
   * Returns the same operations in canonical order, each a batch of its own.
   *
   * @return another history
   */
  public History inCanonicalOrder() {
    return new History(
        operations().stream()
            .sorted(Comparator.comparing(Operation::key))
            .map(Batch::immediate)
            .toList());
  }

  /**
   * Returns this history without one operation.
   *
   * @param index where it stands among all operations
   * @return a smaller history, without a batch that became empty
   */
  public History without(int index) {
    List<Batch> rest = new ArrayList<>();
    int passed = 0;
    for (Batch batch : batches) {
      List<Operation> kept = new ArrayList<>(batch.operations());
      if (index >= passed && index < passed + kept.size()) {
        kept.remove(index - passed);
      }
      passed += batch.operations().size();
      if (!kept.isEmpty() || batch.operations().isEmpty()) {
        rest.add(new Batch(kept, batch.handling(), batch.number()));
      }
    }
    return new History(rest);
  }

  /**
   * Returns this history with one batch joined to the one before; upkeep is left out.
   *
   * @param index the batch, from 1
   * @return a history of fewer batches
   */
  public History joined(int index) {
    List<Batch> joined = new ArrayList<>(batches);
    Batch last = joined.remove(index);
    if (last.handling().isUpkeep()) {
      return new History(joined);
    }
    List<Operation> both = new ArrayList<>(joined.get(index - 1).operations());
    both.addAll(last.operations());
    joined.set(index - 1, new Batch(both, last.handling(), last.number()));
    return new History(joined);
  }

  /**
   * Returns this history with deletes that know only what is in it.
   *
   * @return a history of the same operations, some of which know less
   */
  public History withoutForeignKnowledge() {
    Set<OperationId> ids = new HashSet<>();
    operations().forEach(operation -> ids.add(operation.id()));
    return new History(
        batches.stream()
            .map(
                batch ->
                    new Batch(
                        batch.operations().stream().map(o -> knowingOnly(o, ids)).toList(),
                        batch.handling(),
                        batch.number()))
            .toList());
  }

  private static Operation knowingOnly(Operation operation, Set<OperationId> ids) {
    return operation instanceof Operation.Delete delete
        ? new Operation.Delete(
            delete.id(),
            delete.lamport(),
            delete.node(),
            KnownOperations.of(ids.stream().filter(delete.known()::contains).toList()))
        : operation;
  }

  /**
   * Returns this history with every batch brought into the tree at once, and without upkeep.
   *
   * @return the same operations in the same batches
   */
  public History immediate() {
    return new History(
        batches.stream()
            .filter(batch -> !batch.handling().isUpkeep())
            .map(batch -> new Batch(batch.operations(), Handling.IMMEDIATE, 0))
            .toList());
  }

  /**
   * Returns this history with one batch handled plainly; upkeep is left out.
   *
   * @param index the batch
   * @return a simpler history
   */
  public History plain(int index) {
    List<Batch> plainer = new ArrayList<>(batches);
    Batch batch = plainer.remove(index);
    if (!batch.handling().isUpkeep()) {
      plainer.add(index, new Batch(batch.operations(), Handling.IMMEDIATE, 0));
    }
    return new History(plainer);
  }

  /** Writes the history so that {@link #parse} reads it. */
  @Override
  public String toString() {
    return batches.stream().map(Batch::toString).collect(Collectors.joining(" + "));
  }
}

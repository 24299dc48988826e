package dev.tidemark.conformance.history;

import java.util.function.Predicate;

/** Makes a failing history small. */
public final class Shrinking {
  private Shrinking() {}

  /**
   * Drops operations and upkeep and joins batches as long as the history still fails.
   *
   * @param failing a history that fails
   * @param fails tells whether another one fails, too
   * @return a history of which no operation can be left out
   */
  public static History smallest(History failing, Predicate<History> fails) {
    History immediate = failing.immediate();
    History smallest = fails.test(immediate) ? immediate : failing;
    boolean isSmaller = true;
    while (isSmaller) {
      isSmaller = false;
      for (int i = smallest.operations().size() - 1; i >= 0; i--) {
        History candidate = smallest.without(i);
        if (fails.test(candidate)) {
          smallest = candidate;
          isSmaller = true;
        }
      }
      for (int i = smallest.batches().size() - 1; i >= 0; i--) {
        if (smallest.batches().get(i).handling() != Handling.IMMEDIATE) {
          History candidate = smallest.plain(i);
          if (fails.test(candidate)) {
            smallest = candidate;
            isSmaller = true;
          }
        }
      }
      for (int i = smallest.batches().size() - 1; i > 0; i--) {
        History candidate = smallest.joined(i);
        if (fails.test(candidate)) {
          smallest = candidate;
          isSmaller = true;
        }
      }
    }
    History knowing = smallest.withoutForeignKnowledge();
    return fails.test(knowing) ? knowing : smallest;
  }
}

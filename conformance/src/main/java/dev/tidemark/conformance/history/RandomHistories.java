package dev.tidemark.conformance.history;

import dev.tidemark.api.Operation;
import dev.tidemark.conformance.history.History.Batch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Histories made at random, few nodes and many quarrels, so that cycles, deletes that miss
 * something, late parents and equal times come often. One seed makes one history for ever.
 */
public final class RandomHistories {
  private RandomHistories() {}

  /**
   * Makes a history.
   *
   * @param seed what it is made of
   * @return the history
   */
  public static History of(long seed) {
    Random random = new Random(seed);
    List<Operation> operations = new RandomOperations(random).make();
    return new History(batches(arrival(operations, random), random));
  }

  /** Which order the operations come in. */
  private static List<Operation> arrival(List<Operation> operations, Random random) {
    List<Operation> arrival = new ArrayList<>(operations);
    arrival.sort(Comparator.comparing(Operation::key));
    switch (random.nextInt(6)) {
      case 0 -> Collections.reverse(arrival);
      case 1 -> Collections.shuffle(arrival, random);
      case 2 -> stragglers(arrival, 1 + random.nextInt(3), random);
      case 3 -> stragglers(arrival, arrival.size() / 3, random);
      // Two halves that were apart for a while.
      case 4 -> arrival.sort(Comparator.comparing(o -> Names.name(o.id().replica()) % 2));
      default -> {}
    }
    duplicate(arrival, random);
    return arrival;
  }

  /** Some come later than they should. */
  private static void stragglers(List<Operation> arrival, int count, Random random) {
    for (int i = 0; i < count; i++) {
      int from = random.nextInt(arrival.size());
      int to = from + random.nextInt(arrival.size() - from);
      arrival.add(to, arrival.remove(from));
    }
  }

  private static void duplicate(List<Operation> arrival, Random random) {
    if (random.nextInt(4) == 0) {
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        Operation again = arrival.get(random.nextInt(arrival.size()));
        arrival.add(random.nextInt(arrival.size() + 1), again);
      }
    }
  }

  private static List<Batch> batches(List<Operation> arrival, Random random) {
    int[] largest = {1, 2, 5, 12, arrival.size()};
    int most = largest[random.nextInt(largest.length)];
    int deferred = random.nextInt(4) == 0 ? 50 : 0;
    List<Batch> batches = new ArrayList<>();
    // A long log first, and the quarrel after it, is what a store meets most.
    int next = random.nextBoolean() ? random.nextInt(arrival.size()) : 0;
    if (next > 0) {
      batches.add(new Batch(arrival.subList(0, next), false));
    }
    while (next < arrival.size()) {
      int size = Math.min(1 + random.nextInt(most), arrival.size() - next);
      boolean isDeferred = random.nextInt(100) < deferred;
      batches.add(new Batch(arrival.subList(next, next + size), isDeferred));
      next += size;
    }
    return batches;
  }
}

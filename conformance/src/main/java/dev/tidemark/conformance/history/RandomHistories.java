package dev.tidemark.conformance.history;

import dev.tidemark.api.Operation;
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
    // Half of the histories are quiet: what is found in them is the easiest to read.
    int trouble = random.nextInt(2) == 0 ? 40 : 0;
    List<Batch> batches = new ArrayList<>();
    // A long log first, and the quarrel after it, is what a store meets most.
    int next = random.nextBoolean() ? random.nextInt(arrival.size()) : 0;
    if (next > 0) {
      batches.add(Batch.of(arrival.subList(0, next), Handling.IMMEDIATE));
    }
    while (next < arrival.size()) {
      int size = Math.min(1 + random.nextInt(most), arrival.size() - next);
      List<Operation> operations = arrival.subList(next, next + size);
      batches.add(
          random.nextInt(100) < trouble
              ? troubled(operations, random)
              : Batch.of(operations, Handling.IMMEDIATE));
      if (random.nextInt(100) < trouble / 2) {
        batches.add(upkeep(random));
      }
      next += size;
    }
    return batches;
  }

  private static Batch troubled(List<Operation> operations, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Batch(operations, Handling.FAILING, 1 + random.nextInt(25));
      case 1, 2 -> new Batch(operations, Handling.LIMITED, random.nextInt(4));
      default -> Batch.of(operations, Handling.DEFERRED);
    };
  }

  private static Batch upkeep(Random random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> Batch.upkeep(Handling.MATERIALIZE, 0);
      case 2, 3, 4 -> Batch.upkeep(Handling.INTERRUPT, 1 + random.nextInt(40));
      case 5 -> Batch.upkeep(Handling.REBUILD, 0);
      case 6 -> Batch.upkeep(Handling.VERIFY, 0);
      default -> Batch.upkeep(Handling.REOPEN, 0);
    };
  }
}

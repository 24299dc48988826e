package dev.tidemark.conformance.kit.replay;

import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.RandomHistories;
import dev.tidemark.conformance.history.Shrinking;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import java.util.Queue;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Random histories against the reference model, compared after everything that happens: appends at
 * once, for later or within a limit of work, storage calls that fail, catch-ups in steps and
 * stopped between two, stores opened again, verifications and rebuilds. System properties:
 *
 * <ul>
 *   <li>{@code tidemark.random.cases}: how many; unless set, as many as fit into a minute;
 *   <li>{@code tidemark.random.seed}: what all are made of, random unless set;
 *   <li>{@code tidemark.random.case}: the seed of one case, to run that one alone;
 *   <li>{@code tidemark.random.step}: how many operations one step of a catch-up takes; several
 *       unless set.
 * </ul>
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
public abstract class RandomHistoryContract extends EngineContract {
  private static final int BLOCK = 25;
  private static final int[] STEPS = {5_000, 1, 3, 7};

  /** For subclasses. */
  protected RandomHistoryContract() {}

  @Test
  @Rule({"A1", "A2", "R1", "R6", "R7", "R8", "R9", "R10", "R11", "R12"})
  void everyHistoryGivesTheTreeOfTheFold(TestReporter reporter) {
    Long single = Long.getLong("tidemark.random.case");
    if (single != null) {
      try (DisturbedStore store = new DisturbedStore(backend(), stepOf(0))) {
        check(store.of("case"), single, new Occurrences(), "");
      }
      return;
    }
    boolean isOneByOne = budget() == Budget.SMALLEST;
    RandomCases cases = RandomCases.oneOf(isOneByOne ? 10 : 1);
    long seed = Long.getLong("tidemark.random.seed", new Random().nextLong());
    Occurrences occurrences = new Occurrences();
    Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();
    LongStream.range(0, (cases.most() + BLOCK - 1) / BLOCK)
        .parallel()
        .filter(block -> failures.isEmpty() && !cases.isOver())
        .forEach(
            block -> {
              try {
                runBlock(block, cases, seed, occurrences);
              } catch (AssertionError e) {
                // Thrown through the pool it would arrive without its message.
                failures.add(e);
              }
            });
    AssertionError failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
    reporter.publishEntry("hard cases met", cases + ", " + occurrences);
    if (!isOneByOne) {
      // One by one there are neither batches nor upkeep between them.
      occurrences.assertAll(cases.run(), seed);
    }
  }

  /** A store for each block, so that no store grows with the number of cases. */
  private void runBlock(long block, RandomCases cases, long seed, Occurrences occurrences) {
    try (DisturbedStore store = new DisturbedStore(backend(), stepOf(block))) {
      SplittableRandom seeds = new SplittableRandom(seed + block);
      for (int i = 0; i < BLOCK && cases.next(); i++) {
        check(
            store.of("case " + i),
            seeds.nextLong(),
            occurrences,
            ", tidemark.random.seed=" + seed + ", tidemark.random.step=" + stepOf(block));
      }
    }
  }

  /** Small histories have several steps when steps are small. */
  private static int stepOf(long block) {
    return Integer.getInteger("tidemark.random.step", STEPS[(int) (block % STEPS.length)]);
  }

  private void check(Surroundings surroundings, long seed, Occurrences occurrences, String origin) {
    History history = shaped(RandomHistories.of(seed));
    try {
      run(history, surroundings, occurrences);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(describe(history, seed, surroundings.step(), origin), e);
    }
  }

  private static void run(History history, Surroundings surroundings, Occurrences occurrences) {
    HistoryRun run = new HistoryRun(surroundings, occurrences);
    run.run(history);
    if (run.pending() > 0) {
      run.assertSameTree(2);
    }
    occurrences.add(run.tree());
  }

  private String describe(History history, long seed, int step, String origin) {
    try (DisturbedStore store = new DisturbedStore(backend(), step)) {
      int[] tries = {0};
      History smallest =
          Shrinking.smallest(
              history,
              candidate -> {
                try {
                  run(candidate, store.of("try " + tries[0]++), new Occurrences());
                  return false;
                } catch (RuntimeException | AssertionError e) {
                  return true;
                }
              });
      return "tidemark.random.case=" + seed + origin + ", smallest failing history: " + smallest;
    }
  }
}

package dev.tidemark.conformance.kit.replay;

import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.RandomHistories;
import dev.tidemark.conformance.history.Shrinking;
import dev.tidemark.conformance.kit.Budget;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
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
 * Random histories against the reference model, compared after every append. System properties:
 *
 * <ul>
 *   <li>{@code tidemark.random.cases}: how many, 20,000 unless set;
 *   <li>{@code tidemark.random.seed}: what all are made of, random unless set;
 *   <li>{@code tidemark.random.case}: the seed of one case, to run that one alone.
 * </ul>
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
public abstract class RandomHistoryContract extends EngineContract {
  private static final int BLOCK = 250;

  /** For subclasses. */
  protected RandomHistoryContract() {}

  @Test
  @Rule({"A1", "A2", "R1", "R7", "R10", "R11"})
  void everyHistoryGivesTheTreeOfTheFold(TestReporter reporter) {
    Long single = Long.getLong("tidemark.random.case");
    if (single != null) {
      check(newDocument(), single, new Occurrences(), "");
      return;
    }
    long cases = Long.getLong("tidemark.random.cases", 20_000) / (budget() == Budget.SMALLEST ? 10 : 1);
    long seed = Long.getLong("tidemark.random.seed", new Random().nextLong());
    Occurrences occurrences = new Occurrences();
    Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();
    LongStream.range(0, (cases + BLOCK - 1) / BLOCK)
        .parallel()
        .filter(block -> failures.isEmpty())
        .forEach(
            block -> {
              try {
                runBlock(block, Math.min(BLOCK, cases - block * BLOCK), seed, occurrences);
              } catch (AssertionError e) {
                // Thrown through the pool it would arrive without its message.
                failures.add(e);
              }
            });
    AssertionError failure = failures.peek();
    if (failure != null) {
      throw failure;
    }
    reporter.publishEntry("hard cases met", occurrences.toString());
    occurrences.assertAll(cases, seed);
  }

  /** A store for each block, so that no store grows with the number of cases. */
  private void runBlock(long block, long cases, long seed, Occurrences occurrences) {
    String uri = backend().newStore();
    try (Tidemark store = Tidemark.builder(uri).backend(backend().provider()).open()) {
      SplittableRandom seeds = new SplittableRandom(seed + block);
      for (int i = 0; i < cases; i++) {
        check(
            store.document("case " + i),
            seeds.nextLong(),
            occurrences,
            ", tidemark.random.seed=" + seed);
      }
    } finally {
      backend().drop(uri);
    }
  }

  private void check(Document document, long seed, Occurrences occurrences, String origin) {
    History history = shaped(RandomHistories.of(seed));
    try {
      run(history, document, occurrences);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(describe(history, seed, origin), e);
    }
  }

  private static void run(History history, Document document, Occurrences occurrences) {
    HistoryRun run = new HistoryRun(document);
    run.run(history).forEach(occurrences::add);
    run.assertSameTree(2);
    occurrences.add(run.tree());
  }

  private String describe(History history, long seed, String origin) {
    String uri = backend().newStore();
    try (Tidemark store = Tidemark.builder(uri).backend(backend().provider()).open()) {
      int[] tries = {0};
      History smallest =
          Shrinking.smallest(
              history,
              candidate -> {
                try {
                  Document document = store.document("try " + tries[0]++);
                  run(candidate, document, new Occurrences());
                  return false;
                } catch (RuntimeException | AssertionError e) {
                  return true;
                }
              });
      return "tidemark.random.case=" + seed + origin + ", smallest failing history: " + smallest;
    } finally {
      backend().drop(uri);
    }
  }
}

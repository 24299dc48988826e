package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.ChangeSet;
import dev.tidemark.api.Operation;
import dev.tidemark.conformance.history.Batch;
import dev.tidemark.conformance.history.Handling;
import dev.tidemark.conformance.history.History;
import dev.tidemark.conformance.history.Ranks;
import dev.tidemark.conformance.kit.EngineContract;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Subscription;
import dev.tidemark.core.Tidemark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Trees that are brought up to date later, and who is told of it. */
public abstract class DeferredContract extends EngineContract {
  private static final History HISTORY =
      History.parse(
          "deferred {#2 1>ROOT, #3 2>1, #9 2>ROOT} + deferred {#4 1>2}"
              + " + deferred {#0 3>1, #1 4>3} + deferred {#10 1>ROOT}",
          Ranks.LAMPORT);

  private static final int AT_ONCE = 4;

  private static final Operation LATER =
      History.parse("{B1@99 insert 8}", Ranks.LAMPORT).operations().get(0);

  /** For subclasses. */
  protected DeferredContract() {}

  @Test
  @Rule("R7")
  void aDeferredAppendRecordsItsFrontier() {
    Document document = newDocument();
    HistoryRun run = new HistoryRun(document);
    run.run(HISTORY);
    assertThat(document.status().frontier()).get().extracting(f -> f.pending()).isEqualTo(7L);

    run.assertSameTree(2);
    assertThat(document.status().frontier()).isEmpty();
  }

  @Test
  @Rule("R7")
  void anImmediateAppendBringsEarlierOnesAlong() {
    HistoryRun run = new HistoryRun(newDocument());
    run.run(HISTORY);
    run.append(Batch.immediate(LATER));

    run.assertSameTree(1);
  }

  @Test
  @Rule({"R1", "R7"})
  void anImmediateAppendOfKnownOperationsBringsPendingOnesAlong() {
    HistoryRun run = new HistoryRun(newDocument());
    run.run(HISTORY);
    run.append(Batch.of(HISTORY.batches().get(1).operations(), Handling.IMMEDIATE));

    run.assertSameTree(1);
  }

  @Test
  @Rule("R8")
  void bringingUpToDateTwiceDoesNothingTheSecondTime() {
    Document document = newDocument();
    document.append(HISTORY.operations(), CatchUpPolicy.deferred());

    assertThat(document.ensureMaterialized().operations()).isEqualTo(7);
    assertThat(document.ensureMaterialized()).isEqualTo(CatchUp.NONE);
  }

  @Test
  @Rule("R8")
  void severalThatBringUpToDateAtOnceDoTheWorkOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try (Tidemark one = openInSteps(1);
        Tidemark other = openInSteps(2)) {
      Document document = newDocument();
      document.append(HISTORY.operations(), CatchUpPolicy.deferred());
      CyclicBarrier start = new CyclicBarrier(AT_ONCE);
      List<Future<CatchUp>> done = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        Tidemark store = i % 2 == 0 ? one : other;
        done.add(
            threads.submit(
                () -> {
                  start.await();
                  return store.document(document.id()).ensureMaterialized();
                }));
      }
      CatchUp work = CatchUp.NONE;
      for (Future<CatchUp> part : done) {
        work = work.plus(part.get());
      }

      assertThat(work.operations()).isEqualTo(HISTORY.operations().size());
      assertThat(document.status().frontier()).isEmpty();
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  @Rule("R12")
  void anAppendBeyondItsWorkLimitSucceedsAndLeavesTheTree() {
    History history =
        History.parse(
            "{#1 1>ROOT, #2 2>1, #3 3>2, #8 2>ROOT, #9 1>ROOT} + {#7 2>3}", Ranks.LAMPORT);
    HistoryRun run = new HistoryRun(newDocument());
    run.append(history.batches().get(0));
    run.append(new Batch(history.batches().get(1).operations(), Handling.LIMITED, 0));
    assertThat(run.pending()).isEqualTo(1);

    run.assertSameTree(1);
  }

  @Test
  @Rule("R12")
  void anAppendWithinItsWorkLimitIsImmediate() {
    HistoryRun run = new HistoryRun(newDocument());
    for (Batch batch : HISTORY.batches()) {
      run.append(new Batch(batch.operations(), Handling.LIMITED, 100));
      assertThat(run.pending()).isZero();
    }

    run.assertSameTree(1);
  }

  @Test
  @Rule("R10")
  void listenersReceiveWhatTheAppendsReturned() {
    Document document = newDocument();
    List<ChangeSet> received = new ArrayList<>();
    Subscription registration = document.listen(received::add);
    List<ChangeSet> returned = new ArrayList<>();
    for (Batch batch : HISTORY.batches()) {
      ChangeSet changes = document.append(batch.operations()).changes();
      if (!changes.isEmpty()) {
        returned.add(changes);
      }
    }

    assertThat(received).isNotEmpty().isEqualTo(returned);
    registration.close();
    document.append(List.of(LATER));
    assertThat(received).isEqualTo(returned);
  }
}

package dev.tidemark.spi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.support.WriterTurns.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WriterTurnsTest {
  private static final int LONG = 60_000;
  private static final int SHORT = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  private static WriterTurns<String> turns(int patienceMillis) {
    return new WriterTurns<>(
        patienceMillis,
        "try again",
        (key, code, problem, remedy) ->
            TidemarkException.of(code)
                .with(Detail.PROBLEM, problem)
                .with(Detail.REMEDY, remedy)
                .with(Detail.DOCUMENT, key));
  }

  private static TidemarkException refusal(WriterTurns<String> turns, String key) {
    return catchThrowableOfType(TidemarkException.class, () -> turns.take(key));
  }

  @Test
  void oneThreadWritesAtATime() throws Exception {
    WriterTurns<String> turns = turns(LONG);
    List<Future<?>> done = new ArrayList<>();
    int[] unguarded = {0};
    for (int i = 0; i < 8; i++) {
      done.add(
          threads.submit(
              () -> {
                for (int round = 0; round < 200; round++) {
                  Turn turn = turns.take("notes");
                  unguarded[0]++;
                  turn.end();
                }
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    assertThat(unguarded[0]).isEqualTo(1_600);
  }

  @Test
  void anotherKeyDoesNotWait() {
    WriterTurns<String> turns = turns(SHORT);
    Turn one = turns.take("one");
    Turn other = turns.take("other");
    one.end();
    other.end();
  }

  @Test
  void whoWaitsTooLongIsTold() throws Exception {
    WriterTurns<String> turns = turns(SHORT);
    Turn turn = turns.take("notes");

    TidemarkException failure = threads.submit(() -> refusal(turns, "notes")).get();

    assertThat(failure.code()).isEqualTo(ErrorCode.STORE_BUSY);
    assertThat(failure.detail(Detail.REMEDY)).contains("try again");
    turn.end();
    turns.take("notes").end();
  }

  @Test
  void aThreadDoesNotWaitForItself() {
    WriterTurns<String> turns = turns(LONG);
    Turn turn = turns.take("notes");

    assertThat(refusal(turns, "notes").code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
    assertThat(turns.takeLast("notes")).isEmpty();
    turns.awaitOthers(LONG);
    turn.end();
    turns.take("notes").end();
  }

  @Test
  void anInterruptEndsTheWaiting() throws Exception {
    WriterTurns<String> turns = turns(LONG);
    Turn turn = turns.take("notes");

    TidemarkException failure =
        threads
            .submit(
                () -> {
                  Thread.currentThread().interrupt();
                  TidemarkException refused = refusal(turns, "notes");
                  assertThat(Thread.interrupted()).as("still interrupted").isTrue();
                  return refused;
                })
            .get();

    assertThat(failure.code()).isEqualTo(ErrorCode.INTERRUPTED);
    turn.end();
    turns.take("notes").end();
  }

  @Test
  void aTurnEndsOnAnyThreadAndOnce() throws Exception {
    WriterTurns<String> turns = turns(SHORT);
    Turn turn = turns.take("notes");
    threads.submit(turn::end).get();

    Turn next = turns.take("notes");
    turn.end();
    assertThat(threads.submit(() -> refusal(turns, "notes")).get().code())
        .isEqualTo(ErrorCode.STORE_BUSY);
    next.end();
  }

  @Test
  void whoClosesLetsOthersFinish() throws ExecutionException, InterruptedException {
    WriterTurns<String> turns = turns(LONG);
    CompletableFuture<Turn> taken = new CompletableFuture<>();
    CompletableFuture<Void> finish = new CompletableFuture<>();
    Future<?> writer =
        threads.submit(
            () -> {
              taken.complete(turns.take("notes"));
              finish.join();
              taken.join().end();
            });
    taken.get();
    Future<Optional<Turn>> last = threads.submit(() -> turns.takeLast("notes"));
    assertThat(last.isDone()).isFalse();

    finish.complete(null);

    writer.get();
    Turn closing = last.get().orElseThrow();
    Future<?> waiting = threads.submit(() -> turns.awaitOthers(LONG));
    closing.end();
    waiting.get();
  }

  @Test
  void whoClosesDoesNotWaitForEver() throws Exception {
    WriterTurns<String> turns = turns(SHORT);
    Turn turn = turns.take("notes");
    assertThat(threads.submit(() -> turns.takeLast("notes")).get()).isEmpty();
    threads.submit(() -> turns.awaitOthers(SHORT)).get();
    turn.end();
  }
}

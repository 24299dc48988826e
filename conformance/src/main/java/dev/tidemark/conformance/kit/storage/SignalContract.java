package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.logged;
import static dev.tidemark.conformance.kit.storage.Failures.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.conformance.kit.report.Refusals;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.WriteTransaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signals of commits. Where a backend has none, each test shows that they are refused. A signal may
 * come without a commit, so that none comes is never asserted.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SignalContract extends StorageContract {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** For subclasses. */
  protected SignalContract() {}

  private boolean isRefused() {
    if (store().capabilities().contains(Capability.COMMIT_SIGNAL)) {
      return false;
    }
    assertRefused(ErrorCode.UNSUPPORTED, () -> store().commitSignal(NOTES));
    Refusals.asserted(Capability.COMMIT_SIGNAL);
    return true;
  }

  @Test
  @Rule("B11")
  void aCommitOfAnyoneIsSignalled() {
    if (isRefused()) {
      return;
    }
    try (CommitSignal signal = store().commitSignal(NOTES);
        Backend second = backend().open(uri(), OpenMode.WRITE)) {
      append(second, 1);
      assertThat(signal.await(LONG)).isTrue();
      append(store(), 2);
      assertThat(signal.await(LONG)).isTrue();
    }
  }

  @Test
  @Rule("B11")
  void aWaitEndsWithTheCommitThatComesMeanwhile() throws Exception {
    if (isRefused()) {
      return;
    }
    try (CommitSignal signal = store().commitSignal(NOTES)) {
      drain(signal);
      CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> signal.await(LONG));
      append(store(), 1);
      assertThat(waiting.get(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  @Test
  @Rule("B11")
  void aWaitWithoutCommitsEndsInTime() {
    if (isRefused()) {
      return;
    }
    try (CommitSignal signal = store().commitSignal(NOTES)) {
      drain(signal);
      drain(signal);
    }
  }

  @Test
  @Rule({"B9", "B11"})
  void closingEndsAWaitAndMayBeRepeated() throws Exception {
    if (isRefused()) {
      return;
    }
    CommitSignal signal = store().commitSignal(NOTES);
    drain(signal);
    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> signal.await(LONG));
    signal.close();
    signal.close();
    try {
      // It may have ended with a signal just before.
      waiting.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      assertThat(e)
          .cause()
          .isInstanceOfSatisfying(
              TidemarkException.class, c -> assertThat(c.code()).isEqualTo(ErrorCode.CLOSED));
    }
    assertRefused(ErrorCode.CLOSED, () -> signal.await(Duration.ZERO));
  }

  @Test
  @Rule({"B9", "B11"})
  void aSignalEndsWithItsStore() {
    if (isRefused()) {
      return;
    }
    CommitSignal signal = store().commitSignal(NOTES);
    store().close();

    assertRefused(ErrorCode.CLOSED, () -> signal.await(Duration.ZERO));
    assertRefused(ErrorCode.CLOSED, () -> store().commitSignal(NOTES));
    signal.close();
  }

  /** Looks until there is nothing: what was before this test is over soon. */
  private static void drain(CommitSignal signal) {
    while (signal.await(Duration.ofMillis(1))) {
      // Signals without a commit are allowed.
    }
  }

  private static void append(Backend store, long n) {
    try (WriteTransaction transaction = store.beginWrite(NOTES)) {
      transaction.appendLog(List.of(logged(n, 0, n)));
      transaction.commit();
    }
  }
}

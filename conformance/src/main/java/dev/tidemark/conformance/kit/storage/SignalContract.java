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
import dev.tidemark.conformance.kit.running.Threads;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.CommitSignal;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.WriteTransaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signals of commits. Where a backend has none, each test shows that they are refused. A signal may
 * come without a commit, so that none comes is never asserted.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class SignalContract extends StorageContract {
  /** Longer than the kit has patience. */
  private static final Duration LONG = Duration.ofMinutes(30);

  /** For subclasses. */
  protected SignalContract() {}

  private boolean isRefused() {
    if (store().capabilities().contains(Capability.COMMIT_SIGNAL)) {
      return false;
    }
    assertRefused(ErrorCode.UNSUPPORTED, "commitSignal", () -> store().commitSignal(NOTES));
    Refusals.asserted(Capability.COMMIT_SIGNAL);
    return true;
  }

  @Test
  @Rule("B11")
  void aCommitOfAnyoneIsSignalled() throws Exception {
    if (isRefused()) {
      return;
    }
    try (CommitSignal signal = store().commitSignal(NOTES);
        Backend second = backend().open(uri(), OpenMode.WRITE)) {
      append(second, 1);
      assertThat(Threads.get(waitingFor(signal))).isTrue();
      append(store(), 2);
      assertThat(Threads.get(waitingFor(signal))).isTrue();
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
      Future<Boolean> waiting = waitingFor(signal);
      append(store(), 1);
      assertThat(Threads.get(waiting)).isTrue();
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
  @Rule("B11")
  void closingEndsAWait() throws Exception {
    if (isRefused()) {
      return;
    }
    CommitSignal signal = store().commitSignal(NOTES);
    drain(signal);
    Future<Boolean> waiting = waitingForTheEnd(signal);
    signal.close();

    assertThat(Threads.get(waiting)).as("the wait ended").isTrue();
  }

  @Test
  @Rule("B11")
  void closingTheStoreEndsAWait() throws Exception {
    if (isRefused()) {
      return;
    }
    CommitSignal signal = store().commitSignal(NOTES);
    drain(signal);
    Future<Boolean> waiting = waitingForTheEnd(signal);
    store().close();

    assertThat(Threads.get(waiting)).as("the wait ended").isTrue();
    signal.close();
  }

  @Test
  @Rule("B9")
  void aClosedSignalIsRefusedAndMayBeClosedAgain() {
    if (isRefused()) {
      return;
    }
    CommitSignal signal = store().commitSignal(NOTES);
    signal.close();
    signal.close();

    assertRefused(ErrorCode.CLOSED, "await after close", () -> signal.await(Duration.ZERO));
  }

  @Test
  @Rule({"B9", "B11"})
  void aSignalEndsWithItsStore() {
    if (isRefused()) {
      return;
    }
    CommitSignal signal = store().commitSignal(NOTES);
    store().close();

    assertRefused(ErrorCode.CLOSED, "await after close", () -> signal.await(Duration.ZERO));
    assertRefused(ErrorCode.CLOSED, "commitSignal after close", () -> store().commitSignal(NOTES));
    signal.close();
  }

  private static Future<Boolean> waitingFor(CommitSignal signal) {
    return Threads.startWaiting(() -> signal.await(LONG));
  }

  /** Waits until the signal is closed; a signal without a commit is waited for again. */
  private static Future<Boolean> waitingForTheEnd(CommitSignal signal) {
    return Threads.startWaiting(
        () -> {
          try {
            while (signal.await(LONG)) {
              // Not yet.
            }
            return true;
          } catch (TidemarkException e) {
            return e.code() == ErrorCode.CLOSED;
          }
        });
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

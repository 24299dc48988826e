package dev.tidemark.cli.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends a command that goes on until it is told to stop: at Ctrl-C or SIGTERM it finishes what it is
 * at and closes its store, before the process ends.
 */
final class StopSignal implements AutoCloseable {
  /** The longest time that the end of the process waits for the end of the command. */
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Lock turn = new ReentrantLock();
  private volatile Runnable action = () -> {};
  private final Thread hook = new Thread(this::stop, "tidemark-stop");

  StopSignal() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Sets what wakes the command up. */
  void onStop(Runnable wakeUp) {
    action = wakeUp;
  }

  /** Does work that is not woken up but finished first; nothing, when told to stop before. */
  void undisturbed(Runnable work) {
    turn.lock();
    try {
      if (!isStopped()) {
        work.run();
      }
    } finally {
      turn.unlock();
    }
  }

  boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** Waits, unless it is told to stop. */
  void pause(Duration time) {
    await(stopped, time.toMillis());
  }

  private void stop() {
    stopped.countDown();
    // Whoever is at undisturbed work sees afterwards that it is to stop, and needs no waking.
    if (turn.tryLock()) {
      try {
        action.run();
      } finally {
        turn.unlock();
      }
    }
    await(ended, TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }

  private static void await(CountDownLatch latch, long millis) {
    try {
      latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells that the command has ended, and lets go of the process. */
  @Override
  public void close() {
    ended.countDown();
    if (!isStopped()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends just now, so the hook runs, and has nothing to wait for.
      }
    }
  }
}

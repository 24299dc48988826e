package dev.tidemark.conformance.kit.running;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Runs parts of a test at the same time; the first failure is the test's. What does not end within
 * the patience that the kit has fails by an assertion: that something waits is what such tests are
 * about.
 */
public final class Threads {
  private static final long PATIENCE_SECONDS = 60;

  /** What waits inside of the system, and not in Java, looks as if it ran. */
  private static final long UNSEEN_SECONDS = 2;

  private Threads() {}

  /** What one of several threads does. */
  public interface Part {
    /**
     * Does it.
     *
     * @param number of the thread, from 0
     * @throws Exception if it fails, and the test with it
     */
    void run(int number) throws Exception;
  }

  /** What a test does. */
  public interface Work {
    /**
     * Does it.
     *
     * @throws Exception if it fails, and the test with it
     */
    void run() throws Exception;
  }

  /**
   * Does something in several threads.
   *
   * @param threads how many
   * @param part what each does
   * @throws Exception what a part threw
   */
  public static void runAll(int threads, Part part) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int number = i;
        running.add(
            executor.submit(
                () -> {
                  part.run(number);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        get(each);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * Does something again and again, at least once, while something else is done.
   *
   * @param repeated what is repeated, in a thread of its own
   * @param work what is done meanwhile
   * @throws Exception what one of them threw
   */
  public static void whileRunning(Work repeated, Work work) throws Exception {
    AtomicBoolean isDone = new AtomicBoolean();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<?> repeating =
          executor.submit(
              () -> {
                do {
                  repeated.run();
                } while (!isDone.get());
                return null;
              });
      try {
        work.run();
      } finally {
        isDone.set(true);
      }
      get(repeating);
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * Starts something that waits, and returns when it does.
   *
   * @param waiting what waits, in a thread of its own
   * @param <T> what comes of it
   * @return its end
   */
  public static <T> Future<T> startWaiting(Callable<T> waiting) {
    FutureTask<T> task = new FutureTask<>(waiting);
    Thread thread = new Thread(task, "waiting");
    thread.setDaemon(true);
    thread.start();
    isReached(
        UNSEEN_SECONDS,
        () ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING
                || thread.getState() == Thread.State.TERMINATED);
    return task;
  }

  /**
   * Waits for what another thread does in the end.
   *
   * @param condition whether it is done
   */
  public static void await(BooleanSupplier condition) {
    long patience = patience();
    if (!isReached(patience, condition)) {
      throw new AssertionError("what another thread does is not done within " + patience + " s");
    }
  }

  /** How many seconds the kit waits for what must come soon. */
  private static long patience() {
    return Long.getLong("tidemark.conformance.patience", PATIENCE_SECONDS);
  }

  private static boolean isReached(long seconds, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  /**
   * Waits for the end of another thread's work.
   *
   * @param future the work
   * @param <T> what comes of it
   * @return what came of it
   * @throws Exception what it threw
   */
  public static <T> T get(Future<T> future) throws Exception {
    long patience = patience();
    try {
      return future.get(patience, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new AssertionError("another thread has waited for more than " + patience + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError failure) {
        throw failure;
      }
      if (e.getCause() instanceof Exception failure) {
        throw failure;
      }
      throw e;
    }
  }
}

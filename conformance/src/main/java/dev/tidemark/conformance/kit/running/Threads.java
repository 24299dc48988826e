package dev.tidemark.conformance.kit.running;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Runs parts of a test at the same time; the first failure is the test's. */
final class Threads {
  private Threads() {}

  /** What one of several threads does. */
  interface Part {
    void run(int number) throws Exception;
  }

  /** What a test does. */
  interface Work {
    void run() throws Exception;
  }

  static void runAll(int threads, Part part) throws Exception {
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

  /** Does something again and again, at least once, while something else is done. */
  static void whileRunning(Work repeated, Work work) throws Exception {
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

  /** Waits for what another thread does in the end. */
  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static void get(Future<?> future) throws Exception {
    try {
      future.get(1, TimeUnit.MINUTES);
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

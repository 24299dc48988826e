package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.NOTES;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Position;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many scan the log at a time, while somebody writes and otherwise. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class ScanTurnsTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
  private static final int READERS = PROCESSORS + 1;

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newFixedThreadPool(READERS);
  private Path file;

  @BeforeEach
  void makeStore() {
    file = directory.resolve("store.db");
    Stores.create(file, 1);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void aProcessorIsLeftToTheWriter() throws Exception {
    try (Backend store = open(file, OpenMode.WRITE);
        WriteTransaction writer = store.beginWrite(NOTES)) {
      AtomicInteger most = new AtomicInteger();
      AtomicInteger scanning = new AtomicInteger();
      CountDownLatch oneTooMany = new CountDownLatch(Math.max(1, PROCESSORS - 1) + 1);
      List<Future<?>> readers =
          start(
              store,
              () -> {
                most.accumulateAndGet(scanning.incrementAndGet(), Math::max);
                oneTooMany.countDown();
                // Long enough for the others to come, if they are let in.
                awaitThat(oneTooMany, 100);
                scanning.decrementAndGet();
              });
      awaitAll(readers);
      assertThat(most).hasValueLessThanOrEqualTo(Math.max(1, PROCESSORS - 1));
      writer.commit();
    }
  }

  @Test
  void withoutAWriterAllScanAtOnce() throws Exception {
    try (Backend store = open(file, OpenMode.WRITE)) {
      CountDownLatch all = new CountDownLatch(READERS);
      List<Future<?>> readers =
          start(
              store,
              () -> {
                all.countDown();
                assertThat(awaitThat(all, 30_000)).as("all scan at once").isTrue();
              });
      awaitAll(readers);
    }
  }

  @Test
  void whoWaitsForALongScanGoesOnAfterAWhile() throws Exception {
    try (Backend store = open(file, OpenMode.WRITE);
        WriteTransaction writer = store.beginWrite(NOTES)) {
      CountDownLatch all = new CountDownLatch(READERS);
      List<Future<?>> readers =
          start(
              store,
              () -> {
                all.countDown();
                assertThat(awaitThat(all, 30_000)).as("nobody waits for ever").isTrue();
              });
      awaitAll(readers);
      writer.commit();
    }
  }

  private List<Future<?>> start(Backend store, Runnable inScan) {
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < READERS; i++) {
      readers.add(
          threads.submit(
              () -> {
                try (ReadTransaction reader = store.beginRead(NOTES)) {
                  reader.scanLog(
                      Position.START,
                      reader.state().version(),
                      logged -> {
                        inScan.run();
                        return false;
                      });
                }
              }));
    }
    return readers;
  }

  private static void awaitAll(List<Future<?>> readers) throws Exception {
    for (Future<?> reader : readers) {
      reader.get();
    }
  }

  private static boolean awaitThat(CountDownLatch latch, long millis) {
    try {
      return latch.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

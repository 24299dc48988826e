package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.NOTES;
import static dev.tidemark.sqlite.Stores.assertRefused;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Detail;
import dev.tidemark.api.DocumentId;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Threads and stores that want to write at the same time, or to close meanwhile (rules B2, B9). */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class WriterTurnTest {
  @TempDir Path directory;
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private Path file;

  @BeforeEach
  void makeStore() {
    file = directory.resolve("store.db");
    Stores.create(file, 1);
  }

  @AfterEach
  void endThread() {
    other.shutdownNow();
  }

  @Test
  void aThreadThatWouldWaitForItselfIsToldSo() {
    try (Backend store = open(file, OpenMode.WRITE);
        WriteTransaction transaction = store.beginWrite(NOTES)) {
      TidemarkException failure =
          assertRefused(
              ErrorCode.INVALID_ARGUMENT, () -> store.beginWrite(DocumentId.of("another")));
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure.detail(Detail.PROBLEM)).contains("this thread writes already");
      transaction.commit();
    }
  }

  @Test
  void anotherThreadIsNotWaitedForWithoutEnd() throws Exception {
    try (Backend store = open("sqlite:" + file + "?busy_timeout=20", OpenMode.WRITE);
        WriteTransaction transaction = store.beginWrite(NOTES)) {
      Future<TidemarkException> refused =
          other.submit(() -> assertRefused(ErrorCode.STORE_BUSY, () -> store.beginWrite(NOTES)));
      assertThat(refused.get().isRetryable()).isTrue();
      transaction.commit();
    }
  }

  @Test
  void anotherStoreOnTheFileIsNotWaitedForWithoutEnd() {
    try (Backend holder = open(file, OpenMode.WRITE);
        Backend waiting = open("sqlite:" + file + "?busy_timeout=60", OpenMode.WRITE)) {
      try (WriteTransaction transaction = holder.beginWrite(NOTES)) {
        assertRefused(ErrorCode.STORE_BUSY, () -> waiting.beginWrite(NOTES));
        transaction.commit();
      }
      Stores.commit(waiting, 1);
    }
  }

  @Test
  void aThreadThatWaitsForAnotherCanBeInterrupted() throws Exception {
    try (Backend store = open(file, OpenMode.WRITE);
        WriteTransaction transaction = store.beginWrite(NOTES)) {
      assertInterruptible(store);
      transaction.commit();
    }
  }

  @Test
  void aThreadThatWaitsForAnotherStoreCanBeInterrupted() throws Exception {
    try (Backend holder = open(file, OpenMode.WRITE);
        Backend waiting = open(file, OpenMode.WRITE);
        WriteTransaction transaction = holder.beginWrite(NOTES)) {
      assertInterruptible(waiting);
      transaction.commit();
    }
  }

  private void assertInterruptible(Backend store) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    Future<Boolean> interrupted =
        other.submit(
            () -> {
              started.countDown();
              assertRefused(ErrorCode.INTERRUPTED, () -> store.beginWrite(NOTES));
              return Thread.currentThread().isInterrupted();
            });
    started.await();
    other.shutdownNow();
    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void aTransactionMayEndInAnotherThread() throws Exception {
    try (Backend store = open(file, OpenMode.WRITE)) {
      WriteTransaction transaction = store.beginWrite(NOTES);
      Stores.append(transaction, Payload.of("handed over"));
      other.submit(transaction::commit).get();
      Stores.commit(store, 1);
      assertThat(Stores.versions(store)).isEqualTo(3);
    }
  }

  @Test
  void closingWaitsForTheOneWhoWrites() throws Exception {
    Backend store = open(file, OpenMode.WRITE);
    WriteTransaction transaction = store.beginWrite(NOTES);
    Stores.append(transaction, Payload.of("in time"));
    Future<?> closing = other.submit(store::close);
    // The state in which close() waits: the store takes no new work, and the old goes on.
    while (isOpen(store)) {
      Thread.onSpinWait();
    }
    transaction.close();
    closing.get();

    try (Backend again = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(again)).isEqualTo(1);
    }
  }

  @Test
  void closingWithinOnesOwnTransactionRollsItBack() {
    Backend store = open(file, OpenMode.WRITE);
    WriteTransaction transaction = store.beginWrite(NOTES);
    Stores.append(transaction, Payload.of("lost"));
    store.close();
    assertRefused(ErrorCode.CLOSED, transaction::commit);
    transaction.close();

    try (Backend again = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(again)).isEqualTo(1);
    }
  }

  @Test
  void aThreadThatWaitsLearnsThatTheStoreWasClosed() throws Exception {
    Backend store = open(file, OpenMode.WRITE);
    WriteTransaction transaction = store.beginWrite(NOTES);
    CountDownLatch started = new CountDownLatch(1);
    Future<TidemarkException> refused =
        other.submit(
            () -> {
              started.countDown();
              return assertRefused(ErrorCode.CLOSED, () -> store.beginWrite(NOTES));
            });
    started.await();
    store.close();
    transaction.close();
    refused.get();
  }

  @Test
  void anOpenReaderNeitherStopsAWriterNorTheLogFromBeingClearedLater() throws IOException {
    Path log = directory.resolve("store.db-wal");
    try (Backend store = open(file, OpenMode.WRITE)) {
      try (ReadTransaction reader = store.beginRead(NOTES)) {
        for (int i = 0; i < 400; i++) {
          Stores.commit(store, Payload.of(new byte[16_000]));
        }
        assertThat(Stores.versions(reader)).isEqualTo(1);
        assertThat(Files.size(log)).isGreaterThan(6_000_000);
      }
      long grown = Files.size(log);
      for (int i = 0; i < 400; i++) {
        Stores.commit(store, Payload.of(new byte[16_000]));
      }
      // Written from its start again, instead of being made longer.
      assertThat(Files.size(log)).isLessThan(grown + 6_000_000);
    }
    assertThat(log).doesNotExist();
  }

  private static boolean isOpen(Backend store) {
    try {
      return !store.isReadOnly();
    } catch (TidemarkException e) {
      return false;
    }
  }
}

package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.NOTES;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Payload;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log under a writer that never pauses and readers that are always there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class LogLimitTest {
  private static final int MEBIBYTES = 200;
  private static final long KEPT_BYTES = 64L << 20;
  private static final Duration RENEWAL = Duration.ofMillis(20);

  @TempDir Path directory;
  private Path file;
  private File log;

  @BeforeEach
  void nameFiles() {
    file = directory.resolve("store.db");
    log = directory.resolve("store.db-wal").toFile();
  }

  @Test
  void aLogIsBegunAnewThoughSomebodyReadsAtEveryMoment() {
    Stores.create(file, 1);
    AtomicBoolean isDone = new AtomicBoolean();
    try (Backend store = open("sqlite:" + file + "?synchronous=off", OpenMode.WRITE);
        Backend reader = open(file, OpenMode.WRITE)) {
      CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(reader, isDone));
      long largest = write(store);
      isDone.set(true);
      reading.join();
      assertThat(largest).isGreaterThan(KEPT_BYTES).isLessThan(KEPT_BYTES * 3 / 2);
      assertThat(Stores.versions(store)).isEqualTo(1 + MEBIBYTES * 64L);
    }
  }

  @Test
  void aReaderThatStaysDoesNotStopTheWriter() {
    Stores.create(file, 1);
    try (Backend store = open("sqlite:" + file + "?synchronous=off", OpenMode.WRITE);
        Backend reader = open(file, OpenMode.WRITE);
        ReadTransaction held = reader.beginRead(NOTES)) {
      assertThat(write(store)).isGreaterThan(MEBIBYTES * 1_000_000L);
      assertThat(held.state().version()).isEqualTo(1);
      assertThat(Stores.versions(store)).isEqualTo(1 + MEBIBYTES * 64L);
    }
  }

  @Test
  void aReaderThatStayedDoesNotRaiseTheLimitForGood() {
    Stores.create(file, 1);
    AtomicBoolean isDone = new AtomicBoolean();
    try (Backend store = open("sqlite:" + file + "?synchronous=off", OpenMode.WRITE);
        Backend reader = open(file, OpenMode.WRITE)) {
      try (ReadTransaction held = reader.beginRead(NOTES)) {
        write(store);
        assertThat(held.state().version()).isEqualTo(1);
      }
      // The first finds all of the log in the file, and the second begins it anew.
      Stores.commit(store, 2);
      assertThat(log.length()).isLessThanOrEqualTo(KEPT_BYTES);
      CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> read(reader, isDone));
      assertThat(write(store)).isLessThan(KEPT_BYTES * 3 / 2);
      isDone.set(true);
      reading.join();
    }
  }

  /** Begins the next snapshot before it ends the one before, as a follower does. */
  private static void read(Backend reader, AtomicBoolean isDone) {
    ReadTransaction held = reader.beginRead(NOTES);
    while (!isDone.get()) {
      LockSupport.parkNanos(RENEWAL.toNanos());
      ReadTransaction next = reader.beginRead(NOTES);
      held.close();
      held = next;
    }
    held.close();
  }

  /** Writes without a pause, a mebibyte a transaction, and returns the largest size of the log. */
  private long write(Backend store) {
    long largest = 0;
    for (int i = 0; i < MEBIBYTES; i++) {
      try (WriteTransaction transaction = store.beginWrite(NOTES)) {
        for (int operation = 0; operation < 64; operation++) {
          Stores.append(transaction, Payload.of(new byte[16 * 1024]));
        }
        transaction.commit();
      }
      largest = Math.max(largest, log.length());
    }
    return largest;
  }
}

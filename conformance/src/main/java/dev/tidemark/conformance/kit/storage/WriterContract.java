package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.logged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads at one store. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
public abstract class WriterContract extends StorageContract {
  private static final int WRITERS = 4;
  private static final int COMMITS = 25;

  /** For subclasses. */
  protected WriterContract() {}

  @Test
  @Rule("B2")
  void versionsAreGivenOneAfterTheOther() throws Exception {
    runAll(WRITERS, writer -> commitVersions(store(), NOTES));

    assertVersions(NOTES, WRITERS * COMMITS);
  }

  @Test
  @Rule("B2")
  void writersOfSeveralOpeningsOfOneStoreAreSerialized() throws Exception {
    runAll(
        WRITERS,
        writer -> {
          try (Backend opening = backend().open(uri(), OpenMode.WRITE)) {
            commitVersions(opening, NOTES);
          }
        });

    assertVersions(NOTES, WRITERS * COMMITS);
  }

  @Test
  @Rule({"B2", "B8"})
  void writersOfManyDocumentsDoNotDisturbEachOther() throws Exception {
    runAll(WRITERS, writer -> commitVersions(store(), DocumentId.of("document " + writer)));

    for (int writer = 0; writer < WRITERS; writer++) {
      assertVersions(DocumentId.of("document " + writer), COMMITS);
    }
  }

  @Test
  @Rule({"B3", "C8"})
  void readersNeverSeeAVersionWithoutThoseBeforeIt() throws Exception {
    AtomicBoolean isDone = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> reading =
          reader.submit(
              () -> {
                int reads = 0;
                while (!isDone.get() || reads == 0) {
                  try (ReadTransaction transaction = store().beginRead(NOTES)) {
                    assertWhole(transaction);
                  }
                  reads++;
                }
                return reads;
              });
      runAll(WRITERS, writer -> commitVersions(store(), NOTES));
      isDone.set(true);
      assertThat(get(reading)).isPositive();
    } finally {
      isDone.set(true);
      reader.shutdownNow();
    }
  }

  @Test
  @Rule("B3")
  void aReaderDoesNotWaitForAWriter() throws Exception {
    commitVersions(store(), NOTES);
    try (WriteTransaction writer = store().beginWrite(NOTES)) {
      commitInto(writer);
      runAll(
          1,
          reader -> {
            try (ReadTransaction transaction = store().beginRead(NOTES)) {
              assertThat(transaction.state().version()).isEqualTo(COMMITS);
            }
          });
    }
  }

  @Test
  @Rule("B2")
  void aWriterThatRollsBackLetsTheNextOneIn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ExecutorService next = Executors.newSingleThreadExecutor();
    try {
      Future<Long> version;
      try (WriteTransaction writer = store().beginWrite(NOTES)) {
        commitInto(writer);
        version =
            next.submit(
                () -> {
                  begun.countDown();
                  try (WriteTransaction transaction = store().beginWrite(NOTES)) {
                    return transaction.state().version();
                  }
                });
        begun.await();
      }
      assertThat(get(version)).isZero();
    } finally {
      next.shutdownNow();
    }
  }

  @Test
  @Rule("B10")
  void severalOpeningsAtOnceSeeOneStore() {
    try (Backend other = backend().open(uri(), OpenMode.WRITE)) {
      commitVersions(store(), NOTES);
      try (ReadTransaction transaction = other.beginRead(NOTES)) {
        assertThat(transaction.state().version()).isEqualTo(COMMITS);
      }
      assertThat(other.capabilities().contains(Capability.SEVERAL_PROCESSES))
          .isEqualTo(backend().supports(Capability.SEVERAL_PROCESSES));
    }
  }

  private static void commitVersions(Backend backend, DocumentId document) {
    for (int i = 0; i < COMMITS; i++) {
      try (WriteTransaction transaction = backend.beginWrite(document)) {
        commitInto(transaction);
        transaction.commit();
      }
    }
  }

  private static void commitInto(WriteTransaction transaction) {
    long version = transaction.state().version() + 1;
    transaction.appendLog(List.of(logged(version, 0, version)));
    transaction.putState(new DocumentState(version, version, null, null, Position.START, 0, null));
  }

  private void assertVersions(DocumentId document, long versions) {
    try (ReadTransaction transaction = store().beginRead(document)) {
      assertThat(transaction.state().version()).isEqualTo(versions);
      assertWhole(transaction);
    }
  }

  private static void assertWhole(ReadTransaction transaction) {
    long[] expected = {0};
    transaction.scanLog(
        Position.START,
        Long.MAX_VALUE,
        row -> {
          expected[0]++;
          assertThat(row).isEqualTo(logged(expected[0], 0, expected[0]));
          return true;
        });
    assertThat(transaction.state().version()).isEqualTo(expected[0]);
  }

  /** What one of several threads does. */
  private interface Part {
    void run(int number) throws Exception;
  }

  private static void runAll(int threads, Part part) throws Exception {
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

  private static <T> T get(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.get(1, TimeUnit.MINUTES);
  }
}

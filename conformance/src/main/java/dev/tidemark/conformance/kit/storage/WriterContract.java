package dev.tidemark.conformance.kit.storage;

import static dev.tidemark.conformance.kit.Samples.NOTES;
import static dev.tidemark.conformance.kit.Samples.logged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.DocumentId;
import dev.tidemark.api.Position;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.StorageContract;
import dev.tidemark.conformance.kit.running.Threads;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.Capability;
import dev.tidemark.spi.DocumentState;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import dev.tidemark.spi.WriteTransaction;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
    Threads.runAll(WRITERS, writer -> commitVersions(store(), NOTES));

    assertVersions(NOTES, WRITERS * COMMITS);
  }

  @Test
  @Rule("B2")
  void writersOfSeveralOpeningsOfOneStoreAreSerialized() throws Exception {
    Threads.runAll(
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
    Threads.runAll(WRITERS, writer -> commitVersions(store(), DocumentId.of("document " + writer)));

    for (int writer = 0; writer < WRITERS; writer++) {
      assertVersions(DocumentId.of("document " + writer), COMMITS);
    }
  }

  @Test
  @Rule({"B3", "C8"})
  void readersNeverSeeAVersionWithoutThoseBeforeIt() throws Exception {
    Threads.whileRunning(
        () -> {
          try (ReadTransaction transaction = store().beginRead(NOTES)) {
            assertWhole(transaction);
          }
        },
        () -> Threads.runAll(WRITERS, writer -> commitVersions(store(), NOTES)));
  }

  @Test
  @Rule("B3")
  void aReaderDoesNotWaitForAWriter() throws Exception {
    commitVersions(store(), NOTES);
    try (WriteTransaction writer = store().beginWrite(NOTES)) {
      commitInto(writer);
      Threads.runAll(
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
    Future<Long> version;
    try (WriteTransaction writer = store().beginWrite(NOTES)) {
      commitInto(writer);
      version =
          Threads.startWaiting(
              () -> {
                try (WriteTransaction transaction = store().beginWrite(NOTES)) {
                  return transaction.state().version();
                }
              });
    }
    assertThat(Threads.get(version)).isZero();
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
}

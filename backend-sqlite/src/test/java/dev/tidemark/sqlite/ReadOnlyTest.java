package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.NOTES;
import static dev.tidemark.sqlite.Stores.assertRefused;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.Payload;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.ReadTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Reading without any right to write, and without a trace (rule C7). */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of files are POSIX here")
final class ReadOnlyTest {
  @TempDir Path root;
  private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() throws IOException {
    allow(root, "rwxr-xr-x");
    directory = Files.createDirectory(root.resolve("data"));
    file = directory.resolve("store.db");
  }

  @AfterEach
  void allowRemoval() throws IOException {
    allow(directory, "rwxr-xr-x");
  }

  @Test
  void readingLeavesNoTrace() throws IOException {
    Stores.create(file, 3);
    Map<String, Object> before = listing();
    try (Backend store = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(store)).isEqualTo(3);
      assertThat(store.documents(null, 9)).containsExactly(NOTES);
      assertRefused(ErrorCode.READ_ONLY, () -> store.beginWrite(NOTES));
      assertThat(listing()).isEqualTo(before);
    }
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void aReaderSeesWhatAWriterCommitsWhoCameEarlier() {
    Stores.create(file, 1);
    try (Backend writer = open(file, OpenMode.WRITE);
        Backend reader = open(file, OpenMode.READ)) {
      Stores.commit(writer, 1);
      assertThat(Stores.versions(reader)).isEqualTo(2);
    }
  }

  @Test
  void aReaderSeesWhatWritersCommitWhoComeLaterAndGo() throws IOException {
    Stores.create(file, 1);
    settle();
    try (Backend reader = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(reader)).isEqualTo(1);
      for (int version = 2; version <= 5; version++) {
        // Each time there is nothing but the file again, and within the resolution of its time.
        try (Backend writer = open(file, OpenMode.WRITE)) {
          Stores.commit(writer, 1);
          if (version % 2 == 0) {
            assertThat(Stores.versions(reader)).isEqualTo(version);
          }
        }
        assertThat(Stores.versions(reader)).isEqualTo(version);
      }
    }
  }

  @Test
  void aSnapshotThatBeganBeforeTheWriterHoldsUntilTheFileItselfChanges() throws Exception {
    Stores.create(file, 1);
    settle();
    try (Backend reader = open(file, OpenMode.READ)) {
      try (ReadTransaction early = reader.beginRead(NOTES);
          Backend writer = open(file, OpenMode.WRITE)) {
        Stores.commit(writer, 1);
        assertThat(Stores.versions(early)).isEqualTo(1);
        assertThat(Stores.versions(reader)).isEqualTo(2);
        // Brings the commit from the log into the file, and with it the snapshot to its end.
        Stores.execute(file, "PRAGMA wal_checkpoint");
        TidemarkException failure =
            assertRefused(ErrorCode.TRANSACTION_CONFLICT, () -> Stores.versions(early));
        assertThat(failure.isRetryable()).isTrue();
      }
      assertThat(Stores.versions(reader)).isEqualTo(2);
    }
  }

  @Test
  void aReadOnlyDirectoryIsRead() throws Exception {
    Stores.create(file, 3);
    makeReadOnly();
    Map<String, Object> before = listing();
    assertThat(unprivileged("read")).isEqualTo("versions 3");
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void aReadOnlyDirectoryWithALogLeftIsReadWithTheLog() throws Exception {
    Stores.create(file, 1);
    try (ChildProcess child = ChildProcess.start("hold", "sqlite:" + file)) {
      assertThat(child.line()).isEqualTo(Child.READY);
      child.kill();
    }
    // What a copy of an open store has: the log, and not the index that only processes share.
    Files.delete(directory.resolve("store.db-shm"));
    makeReadOnly();
    Map<String, Object> before = listing();
    assertThat(unprivileged("read")).isEqualTo("versions 2");
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void onlyTheIndexOfALogThatWasCopiedWithoutItIsMadeAndTheNextWriterRemovesIt() throws Exception {
    Stores.create(file, 1);
    try (ChildProcess child = ChildProcess.start("hold", "sqlite:" + file)) {
      assertThat(child.line()).isEqualTo(Child.READY);
      child.kill();
    }
    Path index = directory.resolve("store.db-shm");
    Files.delete(index);
    Map<String, Object> before = listing();
    try (Backend store = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(store)).isEqualTo(2);
    }
    Map<String, Object> after = listing();
    after.keySet().removeIf(each -> each.startsWith("store.db-shm "));
    assertThat(after).isEqualTo(before);
    open(file, OpenMode.WRITE).close();
    assertThat(list()).containsExactly(file);
  }

  @Test
  void aLogWithoutAnythingCommittedIsNotRemovedByReaders() throws Exception {
    Stores.create(file, 1);
    // A writer may take it up meanwhile, and must find its log where it left it.
    Path log = Files.write(directory.resolve("store.db-wal"), new byte[5000]);
    try (Backend store = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(store)).isEqualTo(1);
    }
    assertThat(log).hasSize(5000);
  }

  @Test
  void aReadOnlyDirectoryIsReadAlongWithAWriterWhoMayWriteThere() throws Exception {
    try (Backend store = open(file, OpenMode.CREATE)) {
      Stores.commit(store, 3);
      for (Path each : list()) {
        allow(each, "rw-r--r--");
      }
      allow(directory, "r-xr-xr-x");
      assertThat(unprivileged("read")).isEqualTo("versions 3");
      Stores.commit(store, Payload.of("more"));
      assertThat(unprivileged("read")).isEqualTo("versions 4");
    }
  }

  @Test
  void aReadOnlyDirectoryIsNotWritten() throws Exception {
    Stores.create(file, 1);
    makeReadOnly();
    assertThat(unprivileged("open to write")).startsWith("READ_ONLY ");
    assertThat(unprivileged("create")).startsWith("READ_ONLY ");
  }

  @Test
  void aReadOnlyFileIsNotWritten() throws Exception {
    Stores.create(file, 1);
    allow(file, "r--r--r--");
    allow(directory, "rwxrwxrwx");
    assertThat(unprivileged("open to write")).startsWith("READ_ONLY ");
    assertThat(unprivileged("read")).isEqualTo("versions 1");
  }

  @Test
  void whatMayNotBeReadOrEnteredIsReported() throws Exception {
    allow(directory, "r-xr-xr-x");
    assertThat(unprivileged("create")).startsWith("PERMISSION_DENIED ");
    Stores.create(file, 1);
    allow(file, "-wx-wx-wx");
    assertThat(unprivileged("read")).startsWith("PERMISSION_DENIED ");
    allow(directory, "rw-rw-rw-");
    assertThat(unprivileged("read")).startsWith("PERMISSION_DENIED ");
  }

  private String unprivileged(String what) throws Exception {
    try (ChildProcess child =
        ChildProcess.startUnprivileged(root.resolve("copies"), what, "sqlite:" + file)) {
      return child.line();
    }
  }

  private void makeReadOnly() throws IOException {
    for (Path each : list()) {
      allow(each, "r--r--r--");
    }
    allow(directory, "r-xr-xr-x");
  }

  /** Makes the file look as if it was not changed just now, as those that are archived do. */
  private void settle() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private Path[] list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toArray(Path[]::new);
    }
  }

  private Map<String, Object> listing() throws IOException {
    Map<String, Object> listing = new TreeMap<>();
    for (Path each : list()) {
      listing.put(each.getFileName() + " size", Files.size(each));
      listing.put(each.getFileName() + " time", Files.getLastModifiedTime(each));
    }
    return listing;
  }
}

package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.assertRefused;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.OpenMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at one file, one of which may die (rules B1, B2). */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ProcessesTest {
  private static final int VERSIONS = 50;

  @TempDir Path directory;
  private Path file;
  private String uri;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("store.db");
    uri = "sqlite:" + file;
  }

  @Test
  void writersOfSeveralProcessesMissNoVersion() throws Exception {
    List<ChildProcess> children = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      // They race for the creation of the file as well.
      children.add(ChildProcess.start("commit", uri, Integer.toString(VERSIONS)));
    }
    try (Backend store = open(file, OpenMode.CREATE)) {
      Stores.commit(store, VERSIONS);
      for (ChildProcess child : children) {
        assertThat(child.line()).isEqualTo("done");
        child.awaitEnd();
      }
      assertThat(Stores.versions(store)).isEqualTo(3 * VERSIONS);
    }
  }

  @Test
  void aWriterInAnotherProcessIsWaitedForAndStopsNoReader() throws Exception {
    Stores.create(file, 1);
    try (Backend store = open(uri + "?busy_timeout=50", OpenMode.WRITE);
        Backend reader = open(uri, OpenMode.READ);
        ChildProcess child = ChildProcess.start("hold", uri)) {
      assertThat(child.line()).isEqualTo(Child.READY);

      assertRefused(ErrorCode.STORE_BUSY, () -> Stores.commit(store, 1));
      assertThat(Stores.versions(store)).isEqualTo(2);
      assertThat(Stores.versions(reader)).isEqualTo(2);

      child.tell();
      assertThat(child.line()).isEqualTo("done");
      assertThat(Stores.versions(store)).isEqualTo(202);
      assertThat(Stores.versions(reader)).isEqualTo(202);
      Stores.commit(store, 1);
    }
  }

  @Test
  void aProcessThatIsKilledLeavesItsLastCommit() throws Exception {
    Stores.create(file, 1);
    try (ChildProcess child = ChildProcess.start("hold", uri)) {
      assertThat(child.line()).isEqualTo(Child.READY);
      child.kill();
    }
    assertThat(directory.resolve("store.db-wal")).isNotEmptyFile();

    try (Backend reader = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(reader)).isEqualTo(2);
    }
    try (Backend store = open(file, OpenMode.WRITE)) {
      assertThat(Stores.versions(store)).isEqualTo(2);
      Stores.commit(store, 1);
    }
    assertThat(directory.resolve("store.db-wal")).doesNotExist();
  }
}

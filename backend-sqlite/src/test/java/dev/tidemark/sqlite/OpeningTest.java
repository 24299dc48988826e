package dev.tidemark.sqlite;

import static dev.tidemark.sqlite.Stores.assertRefused;
import static dev.tidemark.sqlite.Stores.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Detail;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.spi.Backend;
import dev.tidemark.spi.BackendProvider;
import dev.tidemark.spi.OpenMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand at a store's place, and what becomes of it (rule B7). */
final class OpeningTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("store.db");
  }

  @Test
  void theProviderIsFound() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .hasAtLeastOneElementOfType(SqliteBackendProvider.class);
  }

  @Test
  void aPathMayHaveAnyCharacters() {
    Path odd = directory.resolve("50% of #1 + ü 'n' \"so\" &c=1.db");
    Stores.create(odd, 2);
    try (Backend store = open(odd, OpenMode.READ)) {
      assertThat(Stores.versions(store)).isEqualTo(2);
    }
    assertThat(odd).isRegularFile();
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Stores.create(file, 1);
    Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
    try (Backend store = open(link, OpenMode.WRITE);
        Backend reader = open(link, OpenMode.READ)) {
      Stores.commit(store, 1);
      assertThat(Stores.versions(reader)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE"})
  void aMissingFileIsReportedAndNotMade(OpenMode mode) {
    assertRefused(ErrorCode.STORE_NOT_FOUND, () -> open(file, mode));
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aMissingDirectoryIsReportedAndNotMade(OpenMode mode) {
    assertRefused(ErrorCode.STORE_NOT_FOUND, () -> open(directory.resolve("none/store.db"), mode));
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aFileInTheDirectorysPlaceIsReported(OpenMode mode) throws IOException {
    Files.writeString(file, "text");
    assertRefused(ErrorCode.STORE_NOT_FOUND, () -> open(file.resolve("store.db"), mode));
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryIsNoStore(OpenMode mode) {
    assertRefused(ErrorCode.NOT_A_STORE, () -> open(directory, mode));
  }

  @ParameterizedTest
  @EnumSource
  void aTextIsNoStoreAndStaysAsItIs(OpenMode mode) throws IOException {
    String text = "Dear diary,\n".repeat(1000);
    Files.writeString(file, text);
    assertRefused(ErrorCode.NOT_A_STORE, () -> open(file, mode));
    assertThat(file).hasContent(text);
    assertOnlyTheFile();
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseOfAnotherApplicationIsNoStoreAndStaysAsItIs(OpenMode mode) throws Exception {
    Stores.execute(file, "CREATE TABLE diary(day, text)");
    byte[] before = Files.readAllBytes(file);
    assertRefused(ErrorCode.NOT_A_STORE, () -> open(file, mode));
    assertThat(file).hasBinaryContent(before);
    assertOnlyTheFile();
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseWithAnotherApplicationsIdIsNoStore(OpenMode mode) throws Exception {
    Stores.execute(file, "PRAGMA application_id=1", "PRAGMA user_version=1");
    assertRefused(ErrorCode.NOT_A_STORE, () -> open(file, mode));
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE"})
  void anEmptyFileIsNoStore(OpenMode mode) throws IOException {
    Files.createFile(file);
    assertRefused(ErrorCode.NOT_A_STORE, () -> open(file, mode));
    assertThat(file).isEmptyFile();
  }

  @ParameterizedTest
  @EnumSource(names = {"READ", "WRITE"})
  void anEmptyDatabaseIsNoStore(OpenMode mode) throws Exception {
    makeEmptyDatabase();
    assertRefused(ErrorCode.NOT_A_STORE, () -> open(file, mode));
  }

  @Test
  void anEmptyFileOrDatabaseBecomesAStoreWhereOneMayBeCreated() throws Exception {
    Files.createFile(file);
    Stores.create(file, 1);
    Files.delete(file);
    makeEmptyDatabase();
    Stores.create(file, 1);
  }

  @ParameterizedTest
  @EnumSource
  void aNewerSchemaIsRefusedByNumber(OpenMode mode) throws Exception {
    Stores.create(file, 1);
    Stores.execute(file, "PRAGMA user_version=2");
    TidemarkException failure = assertRefused(ErrorCode.SCHEMA_TOO_NEW, () -> open(file, mode));
    assertThat(failure.detail(Detail.ACTUAL)).contains(2L);
    assertThat(failure.detail(Detail.EXPECTED)).contains(1);
  }

  @ParameterizedTest
  @EnumSource
  void aSchemaThatNeverWasIsDamage(OpenMode mode) throws Exception {
    Stores.create(file, 1);
    Stores.execute(file, "PRAGMA user_version=0");
    assertRefused(ErrorCode.STORE_CORRUPT, () -> open(file, mode));
  }

  @Test
  void aCreationThatFailsDeletesNothingAndLeavesNoHalfOfASchema() throws IOException {
    // SQLite makes the schema under a rollback journal; it cannot, if its name is taken.
    Path journal = Files.createDirectory(directory.resolve("store.db-journal"));
    assertRefused(ErrorCode.STORAGE_FAILED, () -> open(file, OpenMode.CREATE));
    // Another process may have the file open by now, so it has to stay.
    assertThat(file).isEmptyFile();
    Files.delete(journal);
    Stores.create(file, 1);
  }

  @Test
  void theLastToCloseLeavesTheFileAlone() {
    try (Backend one = open(file, OpenMode.CREATE);
        Backend other = open(file, OpenMode.WRITE)) {
      Stores.commit(one, 1);
      Stores.commit(other, 1);
      assertThat(Stores.versions(one)).isEqualTo(2);
    }
    assertOnlyTheFile();
  }

  @Test
  void aStoreThatIsNotInWalModeAnyMoreIsPutBack() throws Exception {
    Stores.create(file, 1);
    Stores.execute(file, "PRAGMA journal_mode=delete");
    try (Backend reader = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(reader)).isEqualTo(1);
    }
    try (Backend store = open(file, OpenMode.WRITE)) {
      Stores.commit(store, 1);
      assertThat(directory.resolve("store.db-wal")).exists();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite:", "sqlite: ", "sqlite::memory:", "sqlite:file:store.db"})
  void addressesThatAreNoPathAreRefused(String uri) {
    assertRefused(ErrorCode.INVALID_STORE_URI, () -> open(uri, OpenMode.CREATE));
  }

  @ParameterizedTest
  @CsvSource({
    "synchronos=full, unknown parameter synchronos",
    "mode=ro, unknown parameter mode",
    "synchronous=FULL, synchronous is FULL",
    "synchronous=, synchronous is",
    "busy_timeout=-1, busy_timeout is -1",
    "busy_timeout=5s, busy_timeout is 5s",
    "readers=0, readers is 0",
    "cache_size=99999999999999999999, cache_size is 99999999999999999999",
    "max_size=0, max_size is 0"
  })
  void parametersThatAreNotUnderstoodAreRefusedByName(String parameter, String problem) {
    TidemarkException failure =
        assertRefused(
            ErrorCode.INVALID_STORE_URI,
            () -> open("sqlite:" + file + "?" + parameter, OpenMode.CREATE));
    assertThat(failure.detail(Detail.PROBLEM).orElseThrow().toString()).startsWith(problem);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void allParametersTogetherWork() {
    for (String synchronous : List.of("off", "normal", "full", "extra")) {
      String uri =
          "sqlite:"
              + file
              + "?busy_timeout=100&readers=1&cache_size=1000000&max_size=10000000&synchronous="
              + synchronous;
      try (Backend store = open(uri, OpenMode.CREATE)) {
        Stores.commit(store, 1);
      }
    }
    try (Backend store = open(file, OpenMode.READ)) {
      assertThat(Stores.versions(store)).isEqualTo(4);
    }
  }

  private void makeEmptyDatabase() throws Exception {
    Stores.execute(file, "CREATE TABLE gone(x)", "DROP TABLE gone");
    assertThat(file).isNotEmptyFile();
  }

  private void assertOnlyTheFile() {
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

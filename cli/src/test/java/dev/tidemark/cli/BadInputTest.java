package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work ends in one line that says what to do, and changes nothing. */
class BadInputTest {
  @TempDir private Path directory;

  @Test
  void anUnknownScheme() {
    assertThat(importInto("redis:notes").failure(2))
        .contains("no backend", "redis", "schemes that work here: ", "sqlite.");
    assertThat(look("mysql://host/notes").failure(2))
        .contains("schemes that work here: ")
        .doesNotContain("artifact");
    assertThat(look("redis:notes").failure(2)).contains("no backend");
  }

  @Test
  void noScheme() {
    assertThat(importInto("notes.db").failure(2)).contains("sqlite:notes.db");
  }

  @Test
  void anUnknownParameter() {
    assertThat(importInto(Example.store(directory, "a.db") + "?colour=red").failure(2))
        .contains("colour");
  }

  @Test
  void aMissingStore() {
    assertThat(look(Example.store(directory, "missing.db")).failure(4))
        .contains("missing.db: the store does not exist")
        .doesNotContain("create it");
    assertThat(directory.resolve("missing.db")).doesNotExist();
    assertThat(importInto(Example.store(directory, "no/such/directory.db")).failure(4))
        .contains("directory");
  }

  @Test
  void aDirectory() {
    assertThat(look("sqlite:" + directory).failure(4)).contains("a directory");
    assertThat(importInto("sqlite:" + directory).failure(4)).contains("a directory");
    assertThat(CliRun.of("import", directory, "--store", "sqlite:x", "--document", "d").failure(3))
        .contains("this is a directory");
  }

  @Test
  void aFileThatIsNoDatabase() {
    Path file = Example.write(directory.resolve("letter.txt"), "Dear reader,\n".repeat(1000));
    assertThat(look("sqlite:" + file).failure(4)).contains("not a Tidemark store");
    assertThat(importInto("sqlite:" + file).failure(4)).contains("not a Tidemark store");
    assertThat(file).hasContent("Dear reader,\n".repeat(1000));
  }

  @Test
  void aDatabaseOfAnotherProgram() throws IOException, SQLException {
    Path file = directory.resolve("other.db");
    execute(file, "CREATE TABLE contacts(name TEXT)");
    byte[] before = Files.readAllBytes(file);
    assertThat(look("sqlite:" + file).failure(4)).contains("not a Tidemark store");
    assertThat(importInto("sqlite:" + file).failure(4)).contains("not a Tidemark store");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aStoreWithANewerSchema() throws SQLException {
    String store = Example.imported(directory);
    execute(directory.resolve("example.db"), "PRAGMA user_version = 9999");
    assertThat(look(store).failure(4)).contains("newer version");
    assertThat(importInto(store).failure(4)).contains("newer version");
  }

  @Test
  void aMissingTrace() {
    Path missing = directory.resolve("missing.jsonl");
    CliRun run =
        CliRun.of(
            "import", missing, "--store", Example.store(directory, "a.db"), "--document", "d");
    assertThat(run.failure(3)).contains("there is no such file", "Check the path");
    assertThat(directory.resolve("a.db")).doesNotExist();
  }

  @Test
  void aFileThatIsNoTrace() {
    Path letter = Example.write(directory.resolve("letter.txt"), "Dear reader,\n");
    CliRun run =
        CliRun.of("import", letter, "--store", Example.store(directory, "a.db"), "--document", "d");
    assertThat(run.failure(3))
        .contains("line 1", "the first line is not a header of a trace", "Name a trace");
    assertThat(directory.resolve("a.db")).doesNotExist();
  }

  @Test
  void aCompressedTraceThatWasCut() throws IOException {
    Path cut = directory.resolve("cut.jsonl.gz");
    try (var resource =
        Main.class.getResourceAsStream("/dev/tidemark/cli/demo/treecrdt.jsonl.gz")) {
      Files.write(cut, resource.readNBytes(20_000));
    }
    CliRun run =
        CliRun.of("import", cut, "--store", Example.store(directory, "a.db"), "--document", "d");
    assertThat(run.failure(3)).contains("the compressed file is cut off", "get the file again");
  }

  @Test
  void anUnknownDocument() {
    assertThat(look(Example.imported(directory), "exmaple").failure(4))
        .contains("there is no document exmaple", "It has example.");
  }

  @Test
  void badArguments() {
    assertThat(CliRun.of("tree").failure(2)).contains("--store", "See tidemark tree --help");
    assertThat(CliRun.of("tre").failure(2)).contains("there is no tre here", "Did you mean tree");
    assertThat(CliRun.of("stats", "--store", "sqlite:x", "--nope").failure(2)).contains("--nope");
    assertThat(
            CliRun.of("import", "x", "--store", "sqlite:x", "--document", "d", "--batch", "0")
                .failure(2))
        .contains("--batch is 0");
    assertThat(look(Example.imported(directory), "a\u0000b").failure(2))
        .contains("control characters");
  }

  @Test
  void onlyNearMatchesAreSuggested() {
    assertThat(CliRun.of("imprt").failure(2)).contains("Did you mean import?");
    assertThat(CliRun.of("veri").failure(2)).contains("Did you mean verify?");
    assertThat(CliRun.of("tree", "--store", "sqlite:x", "--document", "d", "--dept=2").failure(2))
        .contains("Did you mean --depth");
    assertThat(CliRun.of("tree", "--store", "sqlite:x", "--document", "d", "--zzzz").failure(2))
        .contains("--zzzz")
        .doesNotContain("Did you mean");
    assertThat(CliRun.of("push").failure(2)).doesNotContain("Did you mean");
  }

  @Test
  void negativeNumbers() {
    String store = Example.imported(directory);
    String[] at = {"--store", store, "--document", "example"};
    assertThat(CliRun.of("tree", at[0], at[1], at[2], at[3], "--depth", "-1").failure(2))
        .contains("--depth is -1", "0 or more");
    assertThat(CliRun.of("log", at[0], at[1], at[2], at[3], "--limit", "-1").failure(2))
        .contains("--limit is -1");
    assertThat(CliRun.of("log", at[0], at[1], at[2], at[3], "--after", "-1").failure(2))
        .contains("--after is -1");
    assertThat(CliRun.of("chunks", at[0], at[1], at[2], at[3], "--after", "-1").failure(2))
        .contains("--after is -1");
  }

  @Test
  void argumentsSayWhatToWrite() {
    String store = Example.imported(directory);
    String[] at = {"--store", store, "--document", "example"};
    assertThat(CliRun.of("tree", at[0], at[1], at[2], at[3], "--from", "abc").failure(2))
        .contains("32 hexadecimal digits", "--ids");
    assertThat(look(store, "").failure(2)).contains("Name a document", "tidemark stats");
    assertThat(CliRun.of("chunks", at[0], at[1], at[2], at[3], "--chunk-size", "1KiB").failure(2))
        .contains("256KiB to 32MiB");
  }

  @Test
  void errorsAsJson() {
    CliRun run = CliRun.of("tree", "--store", "redis:x", "--document", "d", "--json");
    assertThat(run.out()).isEmpty();
    Map<String, Object> error = run.errorJson();
    assertThat(error)
        .containsEntry("code", "BACKEND_NOT_FOUND")
        .containsEntry("exitCode", (long) run.exit())
        .containsEntry("retryable", false)
        .containsKeys("message", "remedy", "details");
    assertThat(Json.get(error, "details").toString()).contains("scheme=redis");
    assertThat(CliRun.of("tree", "--json").errorJson()).containsEntry("code", "USAGE");
  }

  @Test
  void aStackTraceOnlyWhenAskedFor() {
    List<String> lines =
        CliRun.of("tree", "--store", "redis:x", "--document", "d", "--stacktrace")
            .err()
            .lines()
            .toList();
    assertThat(lines.get(0)).startsWith("tidemark: ");
    assertThat(lines).hasSizeGreaterThan(3);
  }

  private CliRun importInto(String store) {
    return CliRun.of("import", Example.trace(directory), "--store", store, "--document", "example");
  }

  private static CliRun look(String store) {
    return look(store, "example");
  }

  private static CliRun look(String store, String document) {
    return CliRun.of("tree", "--store", store, "--document", document);
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

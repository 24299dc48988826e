package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicateCommandTest {
  @TempDir private Path directory;

  @Test
  void bringsAnEmptyStoreUp() {
    String from = Example.imported(directory);
    assertThat(replicate(from, "--json").succeeded().json())
        .containsEntry("resumed", false)
        .containsEntry("chunks", 1L)
        .containsEntry("appended", 6L)
        .containsEntry("complete", true);
    assertThat(verify(copy(), "example")).containsEntry("treeHash", Example.TREE_HASH);
  }

  @Test
  void aSecondRunReadsOnlyWhatIsNew() {
    String from = Example.imported(directory);
    replicate(from).succeeded();
    assertThat(replicate(from).succeeded().out())
        .contains("Went on where the last run stopped.", "There was nothing new to read.");
  }

  @Test
  void readsEverythingAgainWhenTold() {
    String from = Example.imported(directory);
    replicate(from).succeeded();
    assertThat(replicate(from, "--after", 0, "--json").succeeded().json())
        .containsEntry("known", 6L)
        .containsEntry("appended", 0L);
  }

  @Test
  void whatComesBeforeTheAskedVersionIsNotMissed() {
    String from = Example.imported(directory);
    CliRun run = replicate(from, "--after", 1).succeeded();
    assertThat(run.out()).contains("only what follows version 1 was asked for");
    assertThat(replicate(from, "--after", 0, "--json").succeeded().json())
        .containsEntry("sourceOperations", 6L)
        .containsEntry("targetOperations", 6L);
  }

  @Test
  void aGapBehindWhatWasReadIsSaid() {
    String from = Example.imported(directory);
    replicate(from).succeeded();
    CliRun.of("import", Example.files(directory, 3, 10), "--store", from, "--document", "example")
        .succeeded();
    CliRun run = replicate(from, "--after", 5);
    assertThat(run.exit()).as(run.out()).isEqualTo(1);
    assertThat(run.out()).contains("run the command again without --after");
    assertThat(replicate(from).succeeded().out()).contains("Went on where the last run stopped.");
  }

  @Test
  void operationsOfTheTargetDoNotHideThatSomeAreMissing() {
    String from = Example.imported(directory);
    CliRun.of(
            "import", Example.files(directory, 30, 10), "--store", copy(), "--document", "example")
        .succeeded();
    assertThat(replicate(from, "--json").succeeded().json())
        .containsEntry("appended", 6L)
        .containsEntry("targetOperations", 36L)
        .containsEntry("complete", true);
  }

  @Test
  void cutsLargePayloads() {
    Path trace = Example.files(directory, 3, 900_000);
    String from = Example.store(directory, "files.db");
    CliRun.of("import", trace, "--store", from, "--document", "f").succeeded();
    Map<String, Object> result =
        CliRun.of(
                "replicate",
                "--from",
                from,
                "--to",
                copy(),
                "--document",
                "f",
                "--chunk-size",
                "256KiB",
                "--json")
            .succeeded()
            .json();
    assertThat((Long) result.get("chunks")).isGreaterThanOrEqualTo(3 * 2);
    assertThat(result).containsEntry("targetOperations", 3L);
    assertThat(verify(copy(), "f").get("treeHash")).isEqualTo(verify(from, "f").get("treeHash"));
  }

  @Test
  void aSourceThatWasReplacedIsReadFromItsStart() throws IOException {
    String from = Example.imported(directory);
    replicate(from).succeeded();
    Files.delete(directory.resolve("example.db"));
    Path trace = Example.files(directory, 50, 10);
    CliRun.of("import", trace, "--store", from, "--document", "example").succeeded();

    // Had it gone on behind version 3, operations would be missing.
    assertThat(replicate(from, "--json").succeeded().json())
        .containsEntry("resumed", false)
        .containsEntry("appended", 50L);
  }

  @Test
  void aNamedPeerThatLostWhatWasReadIsRefused() throws IOException {
    String from = Example.store(directory, "example.db");
    Path trace = Example.files(directory, 5, 10);
    CliRun.of("import", trace, "--store", from, "--document", "example").succeeded();
    replicate(from, "--peer", "laptop").succeeded();
    Files.delete(directory.resolve("example.db"));
    Example.imported(directory);

    assertThat(replicate(from, "--peer", "laptop").failure(3))
        .contains("run the command again with --after 0");
    assertThat(replicate(from, "--peer", "laptop", "--after", 0, "--json").succeeded().json())
        .containsEntry("appended", 6L);
  }

  @Test
  void theSourceIsNotWritten() throws IOException {
    String from = Example.imported(directory);
    byte[] before = Files.readAllBytes(directory.resolve("example.db"));
    replicate(from).succeeded();
    assertThat(Files.readAllBytes(directory.resolve("example.db"))).isEqualTo(before);
  }

  @Test
  void refusesWhatCannotWorkBeforeItCreatesAnything() {
    String from = Example.imported(directory);
    assertThat(replicate(from, "--chunk-size", "1KiB").failure(2)).contains("262144..33554432");
    assertThat(replicate(from, "--chunk-size", "1x").failure(2)).contains("for example 256KiB");
    assertThat(
            CliRun.of("replicate", "--from", from, "--to", copy(), "--document", "typo").failure(4))
        .contains("there is no document typo")
        .contains("It has example.");
    assertThat(directory.resolve("copy.db")).doesNotExist();
    assertThat(
            CliRun.of("replicate", "--from", from, "--to", from, "--document", "example")
                .failure(2))
        .contains("the same store");
  }

  private String copy() {
    return Example.store(directory, "copy.db");
  }

  private CliRun replicate(String from, Object... more) {
    Object[] first = {"replicate", "--from", from, "--to", copy(), "--document", "example"};
    Object[] words = new Object[first.length + more.length];
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    return CliRun.of(words);
  }

  private static Map<String, Object> verify(String store, String document) {
    return CliRun.of("verify", "--store", store, "--document", document, "--json")
        .succeeded()
        .json();
  }
}

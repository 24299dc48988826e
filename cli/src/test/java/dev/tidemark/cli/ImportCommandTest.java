package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  @TempDir private Path directory;

  @Test
  void importsOneTransactionPerAppend() {
    Map<String, Object> result = importExample("--json").succeeded().json();
    assertThat(result)
        .containsEntry("operations", 6L)
        .containsEntry("transactions", 3L)
        .containsEntry("appended", 6L)
        .containsEntry("known", 0L)
        .containsEntry("late", 1L)
        .containsEntry("version", 3L);
    assertThat(hash()).isEqualTo(Example.TREE_HASH);
  }

  @Test
  void joinsTransactions() {
    assertThat(importExample("--json", "--batch", 2).succeeded().json())
        .containsEntry("transactions", 3L)
        .containsEntry("version", 2L);
    assertThat(hash()).isEqualTo(Example.TREE_HASH);
  }

  @Test
  void saysWhatItDid() {
    assertThat(importExample().succeeded().out())
        .contains("Read 6 operations in 3 transactions into document example")
        .contains("All were new; 1 came late.");
  }

  @Test
  void importingAgainChangesNothing() {
    importExample().succeeded();
    assertThat(importExample("--json").succeeded().json())
        .containsEntry("operations", 6L)
        .containsEntry("appended", 0L)
        .containsEntry("known", 6L)
        .containsEntry("version", 3L);
    assertThat(importExample().succeeded().out())
        .contains("0 were new, of which 0 came late; 6 were in the store before.");
  }

  @Test
  void aBrokenLineKeepsWhatWasBeforeItAndAFixedTraceGoesOn() throws IOException {
    Path trace = Example.trace(directory);
    String whole = Files.readString(trace);
    Example.write(trace, whole.replace("\"c\":4", "\"c\":5"));

    String failure =
        CliRun.of("import", trace, "--store", store(), "--document", "example").failure(3);
    assertThat(failure)
        .contains("example.jsonl, line 5: the trace is malformed: field c is 5")
        .contains("Imported before this: 2 operations; fix the line");
    assertThat(CliRun.of("stats", "--store", store(), "--json").json().toString())
        .contains("operations=2, version=1");

    Example.write(trace, whole);
    assertThat(importExample("--json").succeeded().json())
        .containsEntry("known", 2L)
        .containsEntry("appended", 4L);
    assertThat(hash()).isEqualTo(Example.TREE_HASH);
  }

  @Test
  void aFileThatIsNoTraceCreatesNoStore() {
    Path notes = Example.write(directory.resolve("notes.txt"), "hello\n");
    CliRun.of("import", notes, "--store", store(), "--document", "example").failure(3);
    assertThat(directory.resolve("store.db")).doesNotExist();
  }

  @Test
  void aFullStoreSaysHowFarItCame() {
    Path files = Example.files(directory, 100, 100_000);
    String small = store() + "?max_size=2000000";
    String failure = CliRun.of("import", files, "--store", small, "--document", "f").failure(4);
    assertThat(failure).contains("no space left").contains("Imported before this: ");

    // Nothing is damaged, and with more room the same command goes on.
    CliRun.of("verify", "--store", store(), "--document", "f").succeeded();
    assertThat(
            CliRun.of("import", files, "--store", store(), "--document", "f", "--json")
                .succeeded()
                .json())
        .containsEntry("operations", 100L)
        .containsEntry("version", 100L);
  }

  @Test
  void anOperationWithTwoContentsIsRefused() throws IOException {
    Path trace = Example.trace(directory);
    importExample().succeeded();
    Example.write(trace, Files.readString(trace).replace("6c6962", "6c6963"));
    assertThat(CliRun.of("import", trace, "--store", store(), "--document", "example").failure(3))
        .contains("an operation id was used for two different operations")
        .contains("Imported before this: 4 operations");
  }

  private String store() {
    return Example.store(directory, "store.db");
  }

  private CliRun importExample(Object... more) {
    Object[] words = new Object[6 + more.length];
    Object[] first = {
      "import", Example.trace(directory), "--store", store(), "--document", "example"
    };
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    return CliRun.of(words);
  }

  private Object hash() {
    return Json.get(
        CliRun.of("verify", "--store", store(), "--document", "example", "--json")
            .succeeded()
            .json(),
        "treeHash");
  }
}

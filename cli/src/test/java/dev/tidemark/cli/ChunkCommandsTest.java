package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chunks as files: chunks, apply, chunk. */
class ChunkCommandsTest {
  @TempDir private Path directory;

  @Test
  void chunksCarriedAsFilesInAnyOrderGiveTheSameTree() throws IOException {
    String store = Example.store(directory, "files.db");
    Path trace = Example.files(directory, 20, 90_000);
    CliRun.of("import", trace, "--store", store, "--document", "f").succeeded();
    Path outbox = directory.resolve("outbox");
    chunks(store, "f", "--chunk-size", "256KiB", "--write", outbox).succeeded();

    List<Object> words = new ArrayList<>();
    try (Stream<Path> files = Files.list(outbox)) {
      files.sorted().forEach(words::add);
    }
    assertThat(words).hasSizeGreaterThan(4);
    words.add(words.get(0)); // once more
    Collections.shuffle(words, new Random(3));
    words.add(0, "apply");
    String copy = Example.store(directory, "copy.db");
    words.addAll(List.of("--store", copy, "--document", "f", "--json"));
    assertThat(CliRun.of(words.toArray()).succeeded().json())
        .containsEntry("appended", 20L)
        .containsEntry("operations", 20L);
    assertThat(hash(copy)).isEqualTo(hash(store));
  }

  @Test
  void chunksAreListed() {
    String store = Example.imported(directory);
    assertThat(chunks(store, "example").succeeded().out())
        .startsWith("1.0 to 3.1  ")
        .contains("6 operations  (last)");
    assertThat(chunks(store, "example", "--after", 3).succeeded().out()).isEmpty();
    assertThat(chunks(store, "example", "--after", 1, "--through", 2).succeeded().out())
        .startsWith("2.0 to 2.1  ");
    assertThat(chunks(store, "example", "--only", "b".repeat(32)).succeeded().out())
        .contains("2 operations");
    assertThat(chunks(store, "example", "--except", "b".repeat(32)).succeeded().out())
        .contains("4 operations");
  }

  @Test
  void aTokenGoesOn() {
    String store = Example.store(directory, "files.db");
    Path trace = Example.files(directory, 20, 90_000);
    CliRun.of("import", trace, "--store", store, "--document", "f").succeeded();
    List<?> all = list(chunks(store, "f", "--chunk-size", "256KiB", "--json"));
    Object token = Json.get((Map<?, ?>) all.get(0), "next");
    assertThat(list(chunks(store, "f", "--token", token, "--json")))
        .isEqualTo(all.subList(1, all.size()));
    assertThat(chunks(store, "f", "--token", "nonsense").failure(3)).contains("token");
  }

  @Test
  void oneChunkIsExplained() {
    String store = Example.imported(directory);
    Path outbox = directory.resolve("outbox");
    chunks(store, "example", "--write", outbox).succeeded();
    Path file = outbox.resolve("000001.chunk");
    assertThat(CliRun.of("chunk", file).succeeded().out())
        .contains("document  example", "after version 0 through 3", "next", "1.0      insert");
    Map<String, Object> json = CliRun.of("chunk", file, "--json").succeeded().json();
    assertThat((List<?>) json.get("operations")).hasSize(6);
    chunks(store, "example", "--write", outbox).succeeded(); // goes on where it was stopped
    assertThat(chunks(store, "example", "--after", 1, "--write", outbox).failure(2))
        .contains("there is such a file, with something else in it");
  }

  @Test
  void damagedChunksAreRefusedByName() throws IOException {
    String store = Example.imported(directory);
    Path outbox = directory.resolve("outbox");
    chunks(store, "example", "--write", outbox).succeeded();
    Path file = outbox.resolve("000001.chunk");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(directory.resolve("damaged.chunk"), bytes);

    assertThat(CliRun.of("chunk", damaged).failure(3)).contains("damaged.chunk: the chunk is");
    String copy = Example.store(directory, "copy.db");
    assertThat(
            CliRun.of("apply", file, damaged, "--store", copy, "--document", "example").failure(3))
        .contains("damaged.chunk", "Fetch the chunk again; applied before this: 1 file");
    assertThat(CliRun.of("apply", file, "--store", copy, "--document", "other").failure(3))
        .contains("the chunk belongs to another document", "Use --document example;")
        .doesNotContain("etch");
    assertThat(
            CliRun.of("apply", outbox.resolve("no"), "--store", "sqlite:x", "--document", "d")
                .failure(3))
        .contains("there is no such file");
  }

  private static CliRun chunks(String store, String document, Object... more) {
    Object[] first = {"chunks", "--store", store, "--document", document};
    Object[] words = new Object[first.length + more.length];
    System.arraycopy(first, 0, words, 0, first.length);
    System.arraycopy(more, 0, words, first.length, more.length);
    return CliRun.of(words);
  }

  private static List<?> list(CliRun run) {
    return (List<?>) Json.get(run.succeeded().json(), "chunks");
  }

  private static Object hash(String store) {
    return Json.get(
        CliRun.of("verify", "--store", store, "--document", "f", "--json").succeeded().json(),
        "treeHash");
  }
}

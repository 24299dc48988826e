package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {
  @TempDir private Path directory;

  @Test
  void importOfAnExportIsTheSameLogAndTree() throws IOException {
    String store = Example.store(directory, "local.db");
    writeLocally(store);
    Path first = directory.resolve("first.jsonl.gz");
    export(store, first);

    String copy = Example.store(directory, "copy.db");
    CliRun.of("import", first, "--store", copy, "--document", "notes").succeeded();
    Path second = directory.resolve("second.jsonl.gz");
    export(copy, second);

    assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
    assertThat(inspect("verify", copy)).isEqualTo(inspect("verify", store));
    assertThat(inspect("log", copy)).isEqualTo(inspect("log", store));
  }

  @Test
  void keepsTheVersionsOfAnImportedTrace() {
    String store = Example.imported(directory);
    String log = CliRun.of("log", "--store", store, "--document", "example").succeeded().out();
    Path exported = directory.resolve("exported.jsonl");
    CliRun.of("export", "--store", store, "--document", "example", "-o", exported).succeeded();
    String copy = Example.store(directory, "copy.db");
    CliRun.of("import", exported, "--store", copy, "--document", "example").succeeded();
    assertThat(CliRun.of("log", "--store", copy, "--document", "example").succeeded().out())
        .isEqualTo(log);
  }

  @Test
  void writesToStandardOutput() throws IOException {
    String store = Example.imported(directory);
    Path exported = directory.resolve("exported.jsonl");
    CliRun.of("export", "--store", store, "--document", "example", "-o", exported).succeeded();
    assertThat(CliRun.of("export", "--store", store, "--document", "example").succeeded().out())
        .isEqualTo(Files.readString(exported));
  }

  @Test
  void replacesAFileOnlyWhenTold() {
    String store = Example.imported(directory);
    Path file = Example.write(directory.resolve("precious.txt"), "precious");
    assertThat(
            CliRun.of("export", "--store", store, "--document", "example", "-o", file).failure(2))
        .contains("--force");
    assertThat(file).hasContent("precious");
    CliRun.of("export", "--store", store, "--document", "example", "-o", file, "--force")
        .succeeded();
    assertThat(file).content().startsWith("{\"format\":\"tree-trace/2\"");
  }

  @Test
  void leavesNoPartOfAFile() {
    String store = Example.imported(directory);
    Path file = directory.resolve("no/such/place.jsonl");
    assertThat(
            CliRun.of("export", "--store", store, "--document", "example", "-o", file).failure(4))
        .contains("there is no such file or directory");
    assertThat(directory.toFile().list()).noneMatch(name -> name.endsWith(".partial"));
  }

  private static void writeLocally(String store) {
    try (Tidemark opened = Tidemark.open(store)) {
      LocalReplica me = opened.document("notes").replica(ReplicaId.of(new byte[] {1, 2, 3}));
      byte[] large = new byte[700_000];
      NodeId first = me.insert(NodeId.ROOT, Placement.last(), Payload.of("Chapter 1"));
      NodeId second = me.insert(first, Placement.last());
      me.insert(NodeId.ROOT, Placement.first(), () -> new ByteArrayInputStream(large));
      me.setPayload(second, Payload.of(""));
      me.clearPayload(first);
      me.move(second, NodeId.ROOT, Placement.last());
      me.delete(first);
    }
  }

  private static void export(String store, Path file) {
    CliRun.of("export", "--store", store, "--document", "notes", "--output", file).succeeded();
  }

  private static String inspect(String command, String store) {
    return CliRun.of(command, "--store", store, "--document", "notes", "--json").succeeded().out();
  }
}

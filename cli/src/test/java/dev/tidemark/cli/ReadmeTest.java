package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TreeNode;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, works and is there. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @TempDir private Path directory;

  @Test
  void theCodeWorks() throws IOException {
    String notesUri = Example.store(directory, "notes.db");
    String backupUri = Example.store(directory, "backup.db");
    // README, "In an application"
    // The author: one id per device, made once and kept.
    Path kept = directory.resolve("replica-id");
    if (Files.notExists(kept)) {
      Files.writeString(kept, ReplicaId.random().toHex());
    }
    ReplicaId author = ReplicaId.fromHex(Files.readString(kept));
    try (Tidemark store = Tidemark.open(notesUri);
        Tidemark backup = Tidemark.open(backupUri)) {
      Document notes = store.document("notes");

      // Write: each call is durable when it returns.
      LocalReplica me = notes.replica(author);
      NodeId chapter = me.insert(NodeId.ROOT, Placement.last(), Payload.of("Chapter 1"));
      me.move(chapter, NodeId.ROOT, Placement.first());

      // Read: a page of children, or the whole tree at one moment.
      TreeNode first = notes.children(NodeId.ROOT, null, 100).nodes().get(0);
      String text = new String(first.payload().orElseThrow().toByteArray(), StandardCharsets.UTF_8);
      try (TreeSnapshot tree = notes.snapshot()) {
        long nodes = tree.walk(NodeId.ROOT).count();
        assertThat(nodes).isEqualTo(1);
      }
      assertThat(text).isEqualTo("Chapter 1");

      // Synchronize: the copy keeps its place, so each pull reads only what is new.
      Document copy = backup.document("notes");
      ChunkSource source = ChunkSource.of(notes::readChunk); // or a server: a token in, a chunk out
      copy.puller("notes.db", source, ChunkRequest.after(0)).pull();
      assertThat(copy.treeHash()).isEqualTo(notes.treeHash());
      assertThat(copy.treeHash().visibleNodes()).isEqualTo(1);
    }
    String readme = readme();
    int begin = readme.indexOf("```java\n") + "```java\n".length();
    List<String> code = readme.substring(begin, readme.indexOf("```", begin)).lines().toList();
    assertThat(code).hasSizeGreaterThan(9);
    String test =
        Files.readString(
            Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java"));
    for (String line : code) {
      if (!line.contains("Tidemark.open(") && !line.contains("\"replica-id\"")) {
        assertThat(test).contains(line.strip());
      }
    }
  }

  @Test
  void theLinksLeadSomewhere() throws IOException {
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
    while (link.find()) {
      assertThat(ROOT.resolve(link.group(1))).exists();
    }
  }

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }
}

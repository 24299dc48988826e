package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Document;
import dev.tidemark.core.LocalReplica;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
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
    try (Tidemark store = Tidemark.open(notesUri);
        Tidemark backup = Tidemark.open(backupUri)) {
      Document notes = store.document("notes");
      LocalReplica me = notes.replica(ReplicaId.random()); // keep the id: one per device
      NodeId chapter = me.insert(NodeId.ROOT, Placement.last(), Payload.of("Chapter 1"));
      me.move(chapter, NodeId.ROOT, Placement.first());

      Document copy = backup.document("notes");
      for (Chunk chunk : notes.changes(ChunkRequest.after(0))) {
        copy.apply(chunk.bytes()); // one chunk in memory at a time
      }
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
      if (!line.contains("Tidemark.open(")) {
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

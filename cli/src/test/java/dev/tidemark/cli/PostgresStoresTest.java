package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.core.Tidemark;
import dev.tidemark.postgres.testing.TestPostgres;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SQLite and PostgreSQL side by side. Only the command line has both backends on its path, so this
 * is where they are compared.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PostgresStoresTest {
  private static final int MIB = 1024 * 1024;

  @TempDir private Path directory;

  /** The same operations in the same transactions, with payloads beyond the largest chunk. */
  @ParameterizedTest
  @ValueSource(ints = {ChunkSize.MIN, MIB, ChunkSize.DEFAULT})
  void theSameLogHasTheSameChunks(int chunkSize) {
    String sqlite = "sqlite:" + directory.resolve("same.db");
    String postgres = TestPostgres.newStore();
    for (String store : new String[] {sqlite, postgres}) {
      Path small = Example.files(directory, 300, 3_000);
      CliRun.of("import", small, "--store", store, "--document", "small").succeeded();
      Path large = Example.files(directory, 2, ChunkSize.DEFAULT + 12_345);
      CliRun.of("import", large, "--store", store, "--document", "large").succeeded();
    }
    try (Tidemark one = Tidemark.open(sqlite);
        Tidemark other = Tidemark.open(postgres)) {
      for (String document : new String[] {"small", "large"}) {
        int chunks = assertSameChunks(one, other, document, chunkSize);
        System.out.printf(
            "%s in chunks of %d KiB: %d chunks, byte for byte%n",
            document, chunkSize / 1024, chunks);
      }
    }
  }

  private static int assertSameChunks(
      Tidemark one, Tidemark other, String document, int chunkSize) {
    ChunkRequest request = ChunkRequest.after(0).withChunkSize(chunkSize);
    Iterator<Chunk> others = other.document(document).changes(request).iterator();
    int chunks = 0;
    for (Chunk chunk : one.document(document).changes(request)) {
      assertThat(others.next().bytes()).as("chunk %s", chunks).isEqualTo(chunk.bytes());
      chunks++;
    }
    assertThat(others.hasNext()).isFalse();
    assertThat(chunks).isPositive();
    return chunks;
  }

  @Test
  void replicatesThereAndBack() {
    String from = Example.imported(directory);
    String there = TestPostgres.newStore();
    String back = Example.store(directory, "back.db");
    replicate(from, there);
    replicate(there, back);
    for (String store : new String[] {from, there, back}) {
      assertThat(
              CliRun.of("verify", "--store", store, "--document", "example", "--json")
                  .succeeded()
                  .json())
          .containsEntry("treeHash", Example.TREE_HASH);
    }
  }

  private static void replicate(String from, String to) {
    CliRun.of("replicate", "--from", from, "--to", to, "--document", "example").succeeded();
  }
}

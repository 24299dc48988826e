package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkSize;
import dev.tidemark.cli.trace.TraceReader;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.postgres.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real history goes from SQLite to PostgreSQL and back (rule R11). {@code -Dtidemark.trace} names
 * another one than the shipped one: a trace, and beside it what it folds to.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class TraceReplicationTest {
  private static final String TRACE = "tidemark.trace";
  private static final String ENDING = ".jsonl.gz";
  private static final String SHIPPED = "treecrdt";

  @TempDir private Path directory;
  private Path trace = Path.of("");
  private Path expected = Path.of("");

  @BeforeEach
  void findTrace() throws IOException {
    String other = System.getProperty(TRACE, "");
    if (other.isEmpty()) {
      trace = copy(SHIPPED + ENDING);
      expected = copy(SHIPPED + ".expected.json");
    } else {
      trace = Path.of(other);
      expected = Path.of(other.replace(ENDING, ".expected.json"));
    }
  }

  private Path copy(String resource) throws IOException {
    Path file = directory.resolve(resource);
    try (InputStream content =
        TraceReader.class.getResourceAsStream("/dev/tidemark/cli/demo/" + resource)) {
      Files.copy(Objects.requireNonNull(content, resource), file);
    }
    return file;
  }

  @Test
  @Rule({"A7", "R11"})
  void fromSqliteToPostgresAndBack() {
    String from = Example.store(directory, "from.db");
    String there = TestPostgres.newStore();
    String back = Example.store(directory, "back.db");
    run("import", trace, "--store", from);
    for (int chunkSize : new int[] {ChunkSize.MIN, ChunkSize.DEFAULT}) {
      // The second time everything is known, which reads and compares it all the same.
      run(
          "replicate",
          "--from",
          from,
          "--to",
          there,
          "--chunk-size",
          chunkSize / 1024 + "KiB",
          "--after",
          0);
    }
    run("replicate", "--from", there, "--to", back);
    for (String store : new String[] {from, there, back}) {
      run("verify", "--store", store, "--expect", expected);
    }
  }

  private static void run(Object... words) {
    Object[] all = new Object[words.length + 2];
    System.arraycopy(words, 0, all, 0, words.length);
    all[words.length] = "--document";
    all[words.length + 1] = "trace";
    long start = System.nanoTime();
    CliRun run = CliRun.of(all);
    System.out.printf(
        "%s: %.1f s%n%s", words[0], (System.nanoTime() - start) / 1e9, run.out().indent(2));
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
  }
}

package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.cli.trace.Traces;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An import and a replication that are killed at random moments and run again end as if nothing had
 * happened. {@code -Dtidemark.kill.rounds} says how often, {@code -Dtidemark.kill.operations} how
 * much of the shipped trace is used, {@code -Dtidemark.kill.seed} repeats the moments as far as
 * that can be.
 */
class KillTest {
  private static final int ROUNDS = Integer.getInteger("tidemark.kill.rounds", 4);
  private static final int OPERATIONS = Integer.getInteger("tidemark.kill.operations", 800);
  private static final long SEED = Long.getLong("tidemark.kill.seed", System.nanoTime());

  @TempDir private Path directory;

  private final Random random = new Random(SEED);
  private int kills;
  private int partial;

  @Test
  void endsInTheSameTree() throws IOException, InterruptedException {
    System.out.println("tidemark.kill.seed=" + SEED);
    Path trace = Traces.beginningOfShippedTrace(directory, OPERATIONS);
    Path whole = directory.resolve("whole.db");
    long begin = millis(List.of("--version"));
    long importing = millis(importInto(trace, whole));
    long replicating = millis(replicate(whole, directory.resolve("copy.db")));
    Object expected = hash(whole);

    for (int round = 0; round < ROUNDS; round++) {
      Path stores = Files.createDirectory(directory.resolve("round" + round));
      Path first = stores.resolve("first.db");
      Path second = stores.resolve("second.db");
      killThenFinish(importInto(trace, first), first, begin, importing);
      assertThat(hash(first)).as("import, round %s, seed %s", round, SEED).isEqualTo(expected);
      killThenFinish(replicate(first, second), second, begin, replicating);
      assertThat(hash(second)).as("replica, round %s, seed %s", round, SEED).isEqualTo(expected);
    }

    System.out.println(kills + " runs were killed, " + partial + " of them with work half done");
    assertThat(kills).isPositive();
  }

  /** How long a run takes that nobody kills. */
  private long millis(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    run(command, Long.MAX_VALUE);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private void killThenFinish(List<String> command, Path store, long begin, long end)
      throws IOException, InterruptedException {
    boolean isKilled = run(command, random.nextLong(begin, Math.max(begin + 1, end)));
    if (isKilled) {
      kills++;
      partial += isPartial(store) ? 1 : 0;
    }
    CliRun.of(command.toArray()).succeeded();
  }

  /** Runs a command in a process of its own and kills it after a time, unless it is done. */
  private boolean run(List<String> arguments, long millis)
      throws IOException, InterruptedException {
    File output = directory.resolve("output.txt").toFile();
    Process process =
        OtherProcess.builder(arguments).redirectErrorStream(true).redirectOutput(output).start();
    if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
      assertThat(process.exitValue()).as(Files.readString(output.toPath())).isZero();
      return false;
    }
    process.destroyForcibly().waitFor();
    return true;
  }

  private static boolean isPartial(Path store) {
    CliRun stats = CliRun.of("stats", "--store", "sqlite:" + store, "--json");
    return stats.exit() == 0
        && stats.out().contains("\"operations\":")
        && !stats.out().contains("\"operations\":" + OPERATIONS + ",");
  }

  private static List<String> importInto(Path trace, Path store) {
    return List.of("import", trace.toString(), "--store", uri(store), "--document", "history");
  }

  private static List<String> replicate(Path from, Path to) {
    return List.of(
        "replicate",
        "--from",
        uri(from),
        "--to",
        uri(to),
        "--document",
        "history",
        "--chunk-size",
        "256KiB");
  }

  /** What the end of a process leaves behind does not depend on waiting for the medium. */
  private static String uri(Path store) {
    return "sqlite:" + store + "?synchronous=off";
  }

  private static Object hash(Path store) {
    return Json.get(
        CliRun.of("verify", "--store", "sqlite:" + store, "--document", "history", "--json")
            .succeeded()
            .json(),
        "treeHash");
  }
}

package dev.tidemark.sqlite.system;

import static dev.tidemark.sqlite.system.PullingChild.NAME;
import static dev.tidemark.sqlite.system.PullingChild.PEER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkCursor;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.LoggedOperation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Position;
import dev.tidemark.api.SyncProgress;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.TreeHash;
import dev.tidemark.spi.OpenMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pull that is killed at any instant goes on with exactly the next chunk (rules A3, A7, A9).
 * {@code -Dtidemark.kill.rounds} says how often it is killed, {@code -Dtidemark.kill.seed} repeats
 * the instants as far as a machine can.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
final class KilledPullTest {
  private static final int ROUNDS = Integer.getInteger("tidemark.kill.rounds", 6);
  private static final long SEED = Long.getLong("tidemark.kill.seed", System.nanoTime());
  private static final int MOST_CHUNKS_PER_ROUND = 8;

  /** More than one chunk takes, so that a kill hits every part of its transaction. */
  private static final long MOST_NANOS_BEHIND = TimeUnit.MILLISECONDS.toNanos(40);

  private final Random random = new Random(SEED);
  private final List<Position> sourcePositions = new ArrayList<>();
  private final List<OperationId> sourceIds = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  @TempDir Path directory;
  private String source = "";
  private TreeHash sourceTree = new TreeHash("", 0, 0, 0, 0);
  private int killed;
  private int killedInTheMiddle;

  @BeforeEach
  void writeSource() {
    source = uri("source");
    try (Tidemark store = Tidemark.open(source)) {
      Document document = store.document(NAME);
      new MixedLog(document, SEED)
          .smallVersions(150)
          .largeVersion(8 * ChunkSize.MIN)
          .payload(5 * ChunkSize.MIN + 1)
          .smallVersions(50)
          .payload(10 * ChunkSize.MIN)
          .smallVersions(10);
      document.readLog(
          Position.START,
          document.status().version(),
          logged -> {
            sourcePositions.add(logged.position());
            sourceIds.add(logged.operation().id());
            return true;
          });
      sourceTree = document.treeHash();
      Window.drain(document, ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))
          .chunks()
          .forEach(part -> places.add(PullingChild.place(part.header())));
    }
  }

  @Test
  @Rule({"A3", "A7", "A9"})
  void eachOperationIsThereOnceHoweverOftenThePullIsKilled() throws Exception {
    System.out.println("tidemark.kill.seed=" + SEED);
    int pulls = 0;
    while (killed < ROUNDS) {
      pullUntilDone(uri("target " + pulls));
      pulls++;
    }
    System.out.printf(
        "killed %d times, %d of them after the first chunk, in %d pulls of %d chunks%n",
        killed, killedInTheMiddle, pulls, places.size());
    assertThat(killedInTheMiddle).as("kills in the middle").isGreaterThanOrEqualTo(ROUNDS / 2);
  }

  private void pullUntilDone(String target) throws Exception {
    List<String> told = new ArrayList<>();
    boolean isDone = false;
    while (!isDone) {
      isDone = pullOnce(target, told);
      assertProgressIsWhatIsApplied(target);
    }
    // One that is missing was killed between its commit and its line; none may come again.
    assertThat(told).isSubsetOf(places).isSorted().doesNotHaveDuplicates();
    assertThat(told).hasSizeGreaterThan(places.size() / 2);
    assertComplete(target);
  }

  /** Returns whether the pull came to its end, because it was not killed, or too late. */
  private boolean pullOnce(String target, List<String> told) throws Exception {
    boolean isToBeKilled = killed < ROUNDS;
    int chunks = isToBeKilled ? random.nextInt(MOST_CHUNKS_PER_ROUND) : Integer.MAX_VALUE;
    long nanosBehind = random.nextLong(MOST_NANOS_BEHIND);
    try (OtherJvm child = OtherJvm.start(PullingChild.class, source, target)) {
      assertThat(child.line()).contains(PullingChild.READY);
      for (int i = 0; i < chunks; i++) {
        String line = child.line().orElse("nothing");
        if (line.equals(PullingChild.DONE)) {
          child.awaitSuccess();
          return true;
        }
        told.add(line);
      }
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanosBehind) {
        Thread.onSpinWait();
      }
      boolean isKilled = child.kill();
      List<String> rest = child.allLines();
      told.addAll(rest.stream().filter(line -> !line.equals(PullingChild.DONE)).toList());
      killed += isKilled ? 1 : 0;
      killedInTheMiddle += isKilled && chunks > 0 ? 1 : 0;
      return !isKilled;
    }
  }

  /** The log holds what is before the stored place, and nothing else. */
  private void assertProgressIsWhatIsApplied(String target) {
    if (!Files.exists(file(target))) {
      return;
    }
    try (Tidemark store = Tidemark.builder(target).mode(OpenMode.WRITE).open()) {
      Document document = store.document(NAME);
      long before =
          document.progress(PEER).map(progress -> operationsBefore(progress.next())).orElse(0L);
      assertThat(document.status().operations()).isEqualTo(before);
    }
  }

  private long operationsBefore(ChunkCursor cursor) {
    return sourcePositions.stream()
        .filter(position -> position.compareTo(cursor.position()) < 0)
        .count();
  }

  private void assertComplete(String target) {
    try (Tidemark store = Tidemark.open(target)) {
      Document document = store.document(NAME);
      List<OperationId> ids = new ArrayList<>();
      document.readLog(Position.START, document.status().version(), logged -> ids.add(id(logged)));
      assertThat(ids).containsExactlyInAnyOrderElementsOf(sourceIds);
      Optional<SyncProgress> progress = document.progress(PEER);
      assertThat(progress).map(stored -> stored.next().isEnd()).contains(true);
      assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
      assertThat(document.treeHash()).isEqualTo(sourceTree);
      assertThat(document.removeLeftovers(Instant.now().plus(Duration.ofDays(1)))).isZero();
    }
  }

  private static OperationId id(LoggedOperation logged) {
    return logged.operation().id();
  }

  private String uri(String name) {
    return "sqlite:" + directory.resolve(name + ".db");
  }

  private static Path file(String uri) {
    return Path.of(uri.substring("sqlite:".length()));
  }
}

package dev.tidemark.cli.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Operation;
import dev.tidemark.cli.job.ExpectedState;
import dev.tidemark.cli.trace.TraceReader;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.model.ReferenceModel;
import dev.tidemark.conformance.model.TreeListing;
import dev.tidemark.core.Document;
import dev.tidemark.core.ProgressListener;
import dev.tidemark.core.Tidemark;
import dev.tidemark.core.VerificationReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real history gives one tree, in whatever order and batches its operations arrive (rules R1,
 * R11). {@code -Dtidemark.random.seed} repeats the orders of a run.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TraceOrdersTest {
  private static final String DIRECTORY = "/dev/tidemark/cli/demo/";
  private static final int BATCH = 7;
  private static final int SHUFFLES = 20;
  private static final int SHUFFLES_IN_FILES = 3;
  private static final long SEED = Long.getLong("tidemark.random.seed", System.nanoTime());

  private final List<Operation> operations = new ArrayList<>();
  private String treeHash = "";
  @TempDir Path directory;

  @BeforeAll
  void foldTheTrace() throws IOException {
    try (TraceReader trace = TraceReader.open("trace", resource("treecrdt.jsonl.gz"))) {
      trace.forEachRemaining(transaction -> operations.addAll(transaction.operations()));
    }
    treeHash = TreeListing.hash(new ReferenceModel().add(operations).fold().visible());
    try (InputStream expected = resource("treecrdt.expected.json")) {
      assertThat(treeHash).isEqualTo(ExpectedState.read("expected", expected).treeHash());
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(TraceReader.class.getResourceAsStream(DIRECTORY + name), name);
  }

  @Test
  @Rule({"R1", "R11"})
  void arrivalOrder() {
    assertSameTree("memory:", operations, new Random(SEED));
  }

  @Test
  @Rule({"R1", "R11"})
  void canonicalOrder() {
    assertSameTree("memory:", inCanonicalOrder(), new Random(SEED));
  }

  @Test
  @Rule({"R1", "R11"})
  void reverseOrder() {
    List<Operation> reversed = inCanonicalOrder();
    Collections.reverse(reversed);
    assertSameTree("memory:", reversed, new Random(SEED));
  }

  @Test
  @Rule({"R1", "R11"})
  void randomOrders() {
    System.out.println("tidemark.random.seed=" + SEED);
    Random random = new Random(SEED);
    for (int i = 0; i < SHUFFLES; i++) {
      List<Operation> shuffled = new ArrayList<>(operations);
      Collections.shuffle(shuffled, random);
      String file = "sqlite:" + directory.resolve(i + ".db") + "?synchronous=off";
      assertSameTree(i < SHUFFLES_IN_FILES ? file : "memory:", shuffled, random);
    }
  }

  /** Nothing is brought into the tree before the last operation is in the log. */
  @Test
  @Rule({"R7", "R8", "R11"})
  void arrivalOrderWithATreeMadeAtTheEnd() {
    for (String uri : List.of("memory:", "sqlite:" + directory.resolve("deferred.db"))) {
      try (Tidemark store = Tidemark.builder(uri).catchUp(CatchUpPolicy.deferred()).open()) {
        Document document = store.document("trace");
        for (int from = 0; from < operations.size(); from += BATCH) {
          document.append(operations.subList(from, Math.min(operations.size(), from + BATCH)));
        }
        assertThat(document.status().frontier().orElseThrow().pending())
            .isEqualTo(operations.size());
        assertThat(document.ensureMaterialized().operations()).isEqualTo(operations.size());
        assertThat(document.verify(ProgressListener.NONE).differences()).isEmpty();
        assertThat(document.treeHash().hex()).as(uri).isEqualTo(treeHash);
      }
    }
  }

  private List<Operation> inCanonicalOrder() {
    List<Operation> sorted = new ArrayList<>(operations);
    sorted.sort(Comparator.comparing(Operation::key));
    return sorted;
  }

  private void assertSameTree(String uri, List<Operation> ordered, Random random) {
    String run = uri + ", tidemark.random.seed=" + SEED;
    try (Tidemark store = Tidemark.open(uri)) {
      Document document = store.document("trace");
      for (int from = 0; from < ordered.size(); ) {
        // As many batches of one operation as of some hundreds.
        int to = Math.min(ordered.size(), from + 1 + random.nextInt(1 << random.nextInt(10)));
        document.append(ordered.subList(from, to));
        from = to;
      }
      VerificationReport report = document.verify(ProgressListener.NONE);
      assertThat(report.operations()).as(run).isEqualTo(operations.size());
      assertThat(report.differences()).as(run).isEmpty();
      assertThat(document.treeHash().hex()).as(run).isEqualTo(treeHash);
    }
  }
}

package dev.tidemark.sqlite.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.conformance.kit.Rule;
import dev.tidemark.conformance.kit.cost.ObservedProvider;
import dev.tidemark.conformance.kit.cost.StorageCalls;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQLite does for one chunk, wherever in the window it is (rules C6, C7). */
final class ReadingCostTest {
  private static final String NAME = "notes";
  private static final int OPERATIONS = 20_000;

  /** What is executed besides: it sets the connection up, or begins and ends the transaction. */
  private static final String NEITHER_QUERY_NOR_CHANGE =
      "BEGIN|ROLLBACK|PRAGMA (application_id|user_version|(locking_mode|busy_timeout|query_only"
          + "|cache_size|temp_store|trusted_schema)=.*)";

  private final StorageCalls calls = new StorageCalls();
  private final WatchedReader reader = new WatchedReader();
  @TempDir Path directory;
  private Path file;

  /** What one chunk took. */
  private record Cost(int operations, long rows, long steps) {
    double stepsPerOperation() {
      return (double) steps / operations;
    }
  }

  @BeforeEach
  void nameFile() {
    file = directory.resolve("store.db");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, OPERATIONS})
  @Rule("C6")
  void aChunkTakesTheSameStepsWhereverItIs(int operationsPerVersion) throws IOException {
    write(document -> fill(document, operationsPerVersion));
    List<Cost> costs = costs();

    assertThat(costs).hasSizeGreaterThan(4);
    assertThat(costs.stream().mapToInt(Cost::operations).sum()).isEqualTo(OPERATIONS);
    // With the one before, by which a log that went another way is noticed, and the one behind.
    assertThat(costs).allMatch(cost -> cost.rows() <= cost.operations() + 2);
    double first = costs.get(0).stepsPerOperation();
    System.out.printf("%.3f steps per operation, %s%n", first, costs);
    assertThat(costs)
        .allMatch(cost -> Math.abs(cost.stepsPerOperation() - first) < first / 20, "same steps");
  }

  @Test
  @Rule({"C4", "C6"})
  void aFragmentTakesTheSameStepsWhereverItIs() throws IOException {
    Payload payload = Payload.of(new byte[100 * ChunkSize.MIN]);
    write(document -> document.append(List.of(operation(1, payload))));
    List<Cost> costs = costs();

    System.out.println(costs);
    assertThat(costs).hasSizeGreaterThan(100);
    assertThat(costs).allMatch(cost -> cost.rows() <= 1);
    long least = costs.stream().mapToLong(Cost::steps).min().orElseThrow();
    // A fragment touches two pieces or three.
    assertThat(costs).allMatch(cost -> cost.steps() <= 2 * least);
  }

  @Test
  @Rule("C7")
  void drainingPreparesNothingButSelect() throws IOException, SQLException {
    write(
        document -> {
          fill(document, 1_000);
          document.append(List.of(operation(OPERATIONS + 1, Payload.of(new byte[3 << 20]))));
        });
    try (Tidemark store = Tidemark.builder("sqlite:" + file).backend(reader).open()) {
      store
          .document(NAME)
          .changes(ChunkRequest.after(0).withChunkSize(ChunkSize.MIN))
          .forEach(chunk -> {});
      List<String> queries =
          reader.texts().stream().filter(text -> !text.matches(NEITHER_QUERY_NOR_CHANGE)).toList();
      assertThat(queries).hasSizeGreaterThan(2).allMatch(text -> text.startsWith("SELECT"));
      assertThat(reader.texts()).contains("PRAGMA query_only=on");
    }
  }

  private List<Cost> costs() {
    List<Cost> costs = new ArrayList<>();
    try (Tidemark store =
        Tidemark.builder("sqlite:" + file).backend(new ObservedProvider(reader, calls)).open()) {
      Document document = store.document(NAME);
      // SQLite reads its schema before the first query: another cost than that of a position.
      document.status();
      ChunkRequest next = ChunkRequest.after(0).withChunkSize(ChunkSize.MIN);
      boolean isEnd = false;
      while (!isEnd) {
        calls.reset();
        reader.steps();
        ChunkResult result = document.readChunk(next);
        int operations = result.chunk().orElseThrow().header().operations();
        costs.add(new Cost(operations, calls.rows("scanLog"), reader.steps()));
        next = ChunkRequest.resume(result.next());
        isEnd = result.isEnd();
      }
    }
    return costs;
  }

  private interface Writing {
    void to(Document document);
  }

  private void write(Writing writing) throws IOException {
    try (Tidemark store = Tidemark.open("sqlite:" + file + "?synchronous=off")) {
      writing.to(store.document(NAME));
    }
    // As if it was not changed just now: a reader then keeps its connection.
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }

  private static void fill(Document document, int operationsPerVersion) {
    List<Operation> version = new ArrayList<>();
    for (int i = 1; i <= OPERATIONS; i++) {
      version.add(operation(i, Payload.of(new byte[64])));
      if (version.size() == operationsPerVersion) {
        document.append(version);
        version.clear();
      }
    }
  }

  private static Operation operation(int number, Payload payload) {
    return new Operation.SetPayload(
        new OperationId(ReplicaId.fromHex("a1"), number),
        number,
        new NodeId(1, number % 100),
        payload);
  }
}

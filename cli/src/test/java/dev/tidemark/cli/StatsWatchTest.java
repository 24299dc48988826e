package dev.tidemark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.cli.metrics.MetricsEndpoint;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark stats --watch}, and what {@code --metrics-port} says. */
class StatsWatchTest {
  @TempDir private Path directory;

  @Test
  void anyProcessSeesHowDocumentsStand() {
    String store = Example.imported(directory);
    CliRun run = CliRun.of("stats", "--store", store, "--watch", "--rounds", 1).succeeded();
    assertThat(run.out())
        .containsPattern("document +operations +per second +version +pending +since +staged")
        .containsPattern("example +\\d+ +- +\\d+ +0 +- +0")
        .contains("--metrics-port");
  }

  @Test
  void roundsAreJsonDocumentsInTurn() {
    String store = Example.imported(directory);
    CliRun run =
        CliRun.of("stats", "--store", store, "--document", "example", "--watch", "--rounds", 2)
            .succeeded();
    assertThat(run.out().lines().filter(line -> line.startsWith("example"))).hasSize(2);
    CliRun json =
        CliRun.of("stats", "--store", store, "--watch", "--rounds", 1, "--json").succeeded();
    List<?> documents = (List<?>) Json.get(json.json(), "documents");
    assertThat(documents).hasSize(1);
    assertThat(Json.get((Map<?, ?>) documents.get(0), "document")).isEqualTo("example");
  }

  @Test
  void theWriterTellsWhatOnlyItKnows() throws Exception {
    String store = Example.imported(directory);
    try (MetricsEndpoint endpoint = MetricsEndpoint.start("127.0.0.1", 0);
        Tidemark writer =
            Tidemark.builder(Example.store(directory, "other.db"))
                .telemetry(endpoint.telemetry("notes"))
                .open()) {
      writer.document("notes").replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
      endpoint.telemetry("notes").failed(ErrorCode.CHUNK_MALFORMED);
      CliRun run =
          CliRun.of(
                  "stats",
                  "--store",
                  store,
                  "--watch",
                  "--rounds",
                  2,
                  "--interval",
                  "100ms",
                  "--metrics",
                  endpoint.url())
              .succeeded();
      assertThat(run.out())
          .contains("since it started:", "since the last look:")
          .containsPattern("appends +- +\\d")
          .contains("Errors since it started: CHUNK_MALFORMED 1.")
          .contains("Retries since it started: none.");
    }
  }

  @Test
  void aWriterThatDoesNotAnswerIsSaid() {
    String store = Example.imported(directory);
    CliRun run =
        CliRun.of(
                "stats",
                "--store",
                store,
                "--watch",
                "--rounds",
                1,
                "--metrics",
                "http://127.0.0.1:1/metrics")
            .succeeded();
    assertThat(run.out()).contains("http://127.0.0.1:1/metrics cannot be read");
  }

  @Test
  void optionsThatDoNotFitAreRefused() {
    String store = Example.imported(directory);
    assertThat(CliRun.of("stats", "--store", store, "--rounds", 1).failure(2)).contains("--watch");
    assertThat(CliRun.of("stats", "--store", store, "--watch", "--interval", "0s").failure(2))
        .contains("--interval is 0");
    assertThat(CliRun.of("stats", "--store", store, "--watch", "--metrics", "nowhere").failure(2))
        .contains("--metrics is nowhere");
    assertThat(metrics(65_536).failure(2)).contains("--metrics-port is 65536");
  }

  @Test
  void aFreePortIsPrinted() {
    CliRun run = metrics(0);
    assertThat(run.exit()).isZero();
    assertThat(run.err()).matches("tidemark: metrics are at http://127\\.0\\.0\\.1:\\d+/metrics\n");
  }

  private CliRun metrics(int port) {
    return CliRun.of(
        "import",
        Example.trace(directory),
        "--store",
        Example.store(directory, "new.db"),
        "--document",
        "example",
        "--metrics-port",
        port,
        "--quiet");
  }
}

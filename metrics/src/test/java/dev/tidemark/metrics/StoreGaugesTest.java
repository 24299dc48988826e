package dev.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Chunk;
import dev.tidemark.api.ChunkRequest;
import dev.tidemark.api.ChunkResult;
import dev.tidemark.api.ChunkSize;
import dev.tidemark.api.NodeId;
import dev.tidemark.api.Operation;
import dev.tidemark.api.OperationId;
import dev.tidemark.api.OrderKey;
import dev.tidemark.api.Payload;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.api.TidemarkException;
import dev.tidemark.core.ChunkSource;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The gauges of real stores: what is known, what is not, and whose it is. */
class StoreGaugesTest {
  private static final ReplicaId AUTHOR = ReplicaId.fromHex("a1");
  private static final int PULLS = 6;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void ofAStoreThatWasEmptyAllIsKnown() {
    try (Tidemark store = open("memory:pending", MicrometerTelemetry.of(registry))) {
      assertThat(gauge("tidemark.pending")).isZero();
      assertThat(gauge("tidemark.staged")).isZero();
      assertThat(gauge("tidemark.open")).isEqualTo(1);

      Document notes = store.document("notes");
      notes.append(List.of(insert(1), insert(2)), CatchUpPolicy.deferred());
      assertThat(gauge("tidemark.pending")).isEqualTo(2);
      assertThat(gauge("tidemark.behind")).isEqualTo(1);
      assertThat(gauge("tidemark.frontier.age")).isPositive();

      notes.ensureMaterialized();
      assertThat(gauge("tidemark.pending")).isZero();
      assertThat(gauge("tidemark.frontier.age")).isZero();
    }
    assertThat(gauge("tidemark.pending")).as("closed").isNaN();
    assertThat(gauge("tidemark.open")).isZero();
  }

  @Test
  void whatOthersLeftIsUnknownUntilASurveyFindsIt() {
    try (Tidemark writer = Tidemark.open("memory:survey")) {
      writer.document("notes").append(List.of(insert(1)), CatchUpPolicy.deferred());
      Document plans = writer.document("plans");
      Document copy = writer.document("copy");
      plans.append(List.of(insert(1, 600_000)));
      try (Tidemark elsewhere = Tidemark.open("memory:elsewhere")) {
        Document source = elsewhere.document("copy");
        source.append(List.of(insert(1, 600_000)));
        copy.apply(fragments(source).get(0));
      }
      try (Tidemark store = open("memory:survey", MicrometerTelemetry.of(registry))) {
        store.document("plans").append(List.of(insert(2)));
        assertThat(gauge("tidemark.pending")).as("notes is behind").isNaN();
        assertThat(gauge("tidemark.frontier.age")).isNaN();
        assertThat(gauge("tidemark.staged")).as("copy has one").isNaN();
        assertThat(store.survey()).isEqualTo(3);
        assertThat(gauge("tidemark.pending")).isEqualTo(1);
        assertThat(gauge("tidemark.staged")).isEqualTo(1);
        assertThat(store.document("copy").stagedPayloads()).isEqualTo(1);
      }
    }
  }

  @Test
  void stagedPayloadsAreCountedFromTheFirstFragmentToTheLast() {
    try (Tidemark source = Tidemark.open("memory:source");
        Tidemark store = open("memory:target", MicrometerTelemetry.of(registry))) {
      Document origin = source.document("notes");
      origin.append(List.of(insert(1, 900_000)));
      List<byte[]> fragments = fragments(origin);
      assertThat(fragments).hasSizeGreaterThan(2);
      Document copy = store.document("notes");
      for (byte[] fragment : fragments.subList(0, fragments.size() - 1)) {
        copy.apply(fragment);
        assertThat(gauge("tidemark.staged")).isEqualTo(1);
      }
      copy.apply(fragments.get(fragments.size() - 1));
      assertThat(gauge("tidemark.staged")).isZero();
    }
  }

  @Test
  void stagedPayloadsThatComeWholeAreCountedNoLonger() {
    try (Tidemark source = Tidemark.open("memory:source");
        Tidemark store = open("memory:target", MicrometerTelemetry.of(registry))) {
      Document origin = source.document("notes");
      origin.append(List.of(insert(1, 900_000)));
      Document copy = store.document("notes");
      copy.apply(fragments(origin).get(0));
      assertThat(gauge("tidemark.staged")).isEqualTo(1);
      copy.append(List.of(insert(1, 900_000)));
      assertThat(gauge("tidemark.staged")).isZero();
      assertThat(copy.stagedPayloads()).isZero();
    }
  }

  @Test
  void stagedPayloadsThatAreGivenUpAreCountedNoLonger() {
    try (Tidemark source = Tidemark.open("memory:source");
        Tidemark store = open("memory:target", MicrometerTelemetry.of(registry))) {
      Document origin = source.document("notes");
      origin.append(List.of(insert(1, 900_000)));
      Document copy = store.document("notes");
      copy.apply(fragments(origin).get(0));
      assertThat(copy.removeLeftovers(Instant.MAX)).isEqualTo(1);
      assertThat(gauge("tidemark.staged")).isZero();
    }
  }

  @Test
  void stagedPayloadsOfSeveralPullsAtOnceAreCountedOnce() throws Exception {
    try (Tidemark source = Tidemark.open("memory:source");
        Tidemark store = open("memory:target", MicrometerTelemetry.of(registry))) {
      Document origin = source.document("notes");
      for (int counter = 1; counter <= PULLS; counter++) {
        origin.append(List.of(insert(counter, 900_000)));
      }
      Document copy = store.document("notes");
      ExecutorService threads = Executors.newFixedThreadPool(PULLS);
      try {
        List<Callable<Integer>> pulls = new ArrayList<>();
        CyclicBarrier together = new CyclicBarrier(PULLS);
        for (int number = 0; number < PULLS; number++) {
          List<byte[]> fragments =
              fragments(origin, ChunkRequest.after(number).withWatermark(number + 1));
          pulls.add(
              () -> {
                for (byte[] fragment : fragments) {
                  together.await(1, TimeUnit.MINUTES);
                  copy.apply(fragment);
                }
                return fragments.size();
              });
        }
        for (Future<Integer> pull : threads.invokeAll(pulls)) {
          assertThat(pull.get()).isGreaterThan(2);
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(copy.stagedPayloads()).isZero();
      assertThat(copy.status().operations()).isEqualTo(PULLS);
      assertThat(gauge("tidemark.staged")).isZero();
    }
  }

  @Test
  void aTransferIsOneAppendHoweverManyChunksItTakes() {
    try (Tidemark source = Tidemark.open("memory:source");
        Tidemark store = open("memory:target", MicrometerTelemetry.of(registry))) {
      Document origin = source.document("notes");
      origin.append(List.of(insert(1, 900_000)));
      Document copy = store.document("notes");
      List<byte[]> fragments = fragments(origin);
      fragments.forEach(copy::apply);
      fragments.forEach(copy::apply);
      assertThat(registry.get("tidemark.append").timer().count()).isEqualTo(1);
      assertThat(registry.get("tidemark.chunk.apply").timer().count())
          .isEqualTo(2L * fragments.size());
    }
  }

  @Test
  void refusedInputIsCountedByItsCode() {
    try (Tidemark source = Tidemark.open("memory:source");
        Tidemark store = open("memory:", MicrometerTelemetry.of(registry))) {
      Document notes = store.document("notes");
      assertThatThrownBy(() -> notes.apply(new byte[100])).isInstanceOf(TidemarkException.class);
      assertThat(errors("CHUNK_MALFORMED")).isEqualTo(1);

      Document plans = source.document("plans");
      plans.append(List.of(insert(1)));
      ChunkResult foreign = plans.readChunk(ChunkRequest.after(0));
      ChunkRequest token = ChunkRequest.resume(foreign.next().token());
      assertThatThrownBy(() -> notes.readChunk(token)).isInstanceOf(TidemarkException.class);
      assertThat(errors("TOKEN_MISMATCH")).isEqualTo(1);

      byte[] chunk = foreign.chunk().map(Chunk::bytes).orElseThrow();
      ChunkSource wrong = asked -> ChunkSource.Answer.chunk(chunk);
      assertThatThrownBy(() -> notes.puller("peer", wrong, ChunkRequest.after(0)).pull())
          .isInstanceOf(TidemarkException.class);
      assertThat(errors("TOKEN_MISMATCH")).isEqualTo(2);
      ChunkSource mangled = asked -> ChunkSource.Answer.goOn("tm1.mangled");
      assertThatThrownBy(() -> notes.puller("peer", mangled, ChunkRequest.after(0)).pull())
          .isInstanceOf(TidemarkException.class);
      assertThat(errors("TOKEN_MALFORMED")).isEqualTo(1);
    }
  }

  @Test
  void storesThatShareANameAddUp() {
    MicrometerTelemetry shared = MicrometerTelemetry.of(registry, "notes");
    MicrometerTelemetry another = MicrometerTelemetry.of(registry, "notes");
    MicrometerTelemetry apart = MicrometerTelemetry.of(registry, "plans");
    try (Tidemark first = open("memory:first", shared);
        Tidemark second = open("memory:second", another);
        Tidemark third = open("memory:third", apart)) {
      first.document("a").append(List.of(insert(1)), CatchUpPolicy.deferred());
      assertThat(gauge("tidemark.pending", "notes")).as("at least").isEqualTo(1);
      second.document("a").append(List.of(insert(1), insert(2)), CatchUpPolicy.deferred());
      third.document("a").append(List.of(insert(1)));
      assertThat(gauge("tidemark.open", "notes")).isEqualTo(2);
      assertThat(gauge("tidemark.pending", "notes")).isEqualTo(3);
      assertThat(gauge("tidemark.pending", "plans")).isZero();
      assertThat(registry.get("tidemark.append").tag("store", "notes").timer().count())
          .isEqualTo(2);
    }
    shared.close();
    shared.close();
    assertThat(registry.find("tidemark.pending").tag("store", "notes").gauge())
        .as("another telemetry still has the name")
        .isNotNull();
    another.close();
    apart.close();
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aStoreCanTellTwoRegistries() {
    SimpleMeterRegistry secondRegistry = new SimpleMeterRegistry();
    CompositeMeterRegistry both = new CompositeMeterRegistry();
    both.add(registry).add(secondRegistry);
    try (Tidemark store = open("memory:", MicrometerTelemetry.of(both))) {
      store.document("notes").append(List.of(insert(1)), CatchUpPolicy.deferred());
      for (SimpleMeterRegistry each : List.of(registry, secondRegistry)) {
        assertThat(each.get("tidemark.pending").gauge().value()).isEqualTo(1);
        assertThat(each.get("tidemark.append").timer().count()).isEqualTo(1);
      }
    }
  }

  @Test
  void aRegistryThatIsClosedFirstDoesNoHarm() {
    try (Tidemark store = open("memory:", MicrometerTelemetry.of(registry))) {
      registry.close();
      store.document("notes").append(List.of(insert(1)));
      assertThat(store.document("notes").status().operations()).isEqualTo(1);
    }
  }

  private static Tidemark open(String uri, MicrometerTelemetry telemetry) {
    return Tidemark.builder(uri).telemetry(telemetry).open();
  }

  private double gauge(String name) {
    return gauge(name, "default");
  }

  private double gauge(String name, String store) {
    return registry.get(name).tag("store", store).gauge().value();
  }

  private double errors(String code) {
    return registry.get("tidemark.errors").tag("code", code).counter().count();
  }

  private static List<byte[]> fragments(Document source) {
    return fragments(source, ChunkRequest.after(0));
  }

  private static List<byte[]> fragments(Document source, ChunkRequest request) {
    List<byte[]> bytes = new ArrayList<>();
    for (Chunk chunk : source.changes(request.withChunkSize(ChunkSize.MIN))) {
      bytes.add(chunk.bytes());
    }
    return bytes;
  }

  private static Operation insert(long number) {
    return insert(number, 10);
  }

  private static Operation insert(long number, int payloadSize) {
    return new Operation.Insert(
        new OperationId(AUTHOR, number),
        number,
        new NodeId(0, number),
        NodeId.ROOT,
        OrderKey.EMPTY,
        Payload.of("x".repeat(payloadSize)));
  }
}

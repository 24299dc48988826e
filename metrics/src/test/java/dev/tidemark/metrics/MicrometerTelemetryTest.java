package dev.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.api.CatchUp;
import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.ErrorCode;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is told becomes the meters that {@link TidemarkMetric} describes. */
class MicrometerTelemetryTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerTelemetry telemetry = MicrometerTelemetry.of(registry);

  @Test
  void chunksAreTimedAndMeasured() {
    telemetry.chunkRead(300, 7, 2_000_000);
    telemetry.chunkRead(0, 0, 9_000_000);
    telemetry.chunkApplied(300, 7, 4_000_000);

    assertThat(timer("tidemark.chunk.read", "result", "chunk").totalTime(TimeUnit.MILLISECONDS))
        .isEqualTo(2);
    assertThat(timer("tidemark.chunk.read", "result", "none").count()).isEqualTo(1);
    assertThat(timer("tidemark.chunk.apply").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
    for (String direction : List.of("read", "apply")) {
      assertThat(summary("tidemark.chunk." + direction + ".size").totalAmount()).isEqualTo(300);
      assertThat(summary("tidemark.chunk." + direction + ".operations").totalAmount()).isEqualTo(7);
    }
  }

  @Test
  void appendsTellHowManyOperationsWereLate() {
    telemetry.appended(10, 0, 1_000_000);
    telemetry.appended(5, 3, 1_000_000);

    assertThat(timer("tidemark.append").count()).isEqualTo(2);
    assertThat(summary("tidemark.append.operations").totalAmount()).isEqualTo(15);
    assertThat(registry.get("tidemark.append.late").counter().count()).isEqualTo(3);
  }

  @Test
  void catchUpsAreToldApartByPath() {
    for (CatchUpPath path : CatchUpPath.values()) {
      telemetry.caughtUp(new CatchUp(path, 1, 42, 10, 1_000));
    }

    assertThat(values("tidemark.catchup", "path"))
        .containsExactlyInAnyOrder("in_order", "commuting", "fresh_subtree", "replayed", "rebuilt");
    assertThat(timer("tidemark.catchup", "path", "replayed").count()).isEqualTo(1);
    assertThat(summary("tidemark.catchup.visited", "path", "replayed").totalAmount()).isEqualTo(42);
    assertThat(summary("tidemark.catchup.written", "path", "replayed").totalAmount()).isEqualTo(10);
  }

  @Test
  void everyErrorIsThereFromTheStart() {
    telemetry.failed(ErrorCode.CHUNK_MALFORMED);
    telemetry.retried(ErrorCode.STORE_BUSY);

    Set<String> codes =
        Arrays.stream(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());
    assertThat(values("tidemark.errors", "code")).isEqualTo(codes);
    assertThat(values("tidemark.retries", "cause"))
        .contains("STORE_BUSY", "TRANSACTION_CONFLICT")
        .doesNotContain("STORE_CORRUPT");
    assertThat(counter("tidemark.errors", "code", "CHUNK_MALFORMED")).isEqualTo(1);
    assertThat(counter("tidemark.errors", "code", "STORE_CORRUPT")).isZero();
    assertThat(counter("tidemark.retries", "cause", "STORE_BUSY")).isEqualTo(1);
  }

  @Test
  void durationsHaveBucketsFromATenthOfAMillisecondToTenSeconds() {
    CountAtBucket[] buckets = timer("tidemark.append").takeSnapshot().histogramCounts();

    assertThat(buckets).hasSize(16);
    assertThat(buckets[0].bucket(TimeUnit.MICROSECONDS)).isEqualTo(100);
    assertThat(buckets[15].bucket(TimeUnit.SECONDS)).isEqualTo(10);
    assertThat(summary("tidemark.chunk.read.size").takeSnapshot().histogramCounts()).hasSize(9);
    assertThat(summary("tidemark.append.operations").takeSnapshot().histogramCounts()).hasSize(10);
  }

  @Test
  void eachMeterIsAsDescribed() {
    for (TidemarkMetric metric : TidemarkMetric.values()) {
      Set<String> keys = new TreeSet<>(Set.of("store"));
      metric.tags().forEach(tag -> keys.add(tag.key()));
      for (Meter meter : registry.get(metric.meterName()).meters()) {
        assertThat(meter.getId().getBaseUnit()).isEqualTo(metric.unit());
        assertThat(meter.getId().getDescription()).isEqualTo(metric.description());
        assertThat(meter.getId().getTags().stream().map(Tag::getKey))
            .containsExactlyInAnyOrderElementsOf(keys);
      }
    }
    // This registry adds a gauge for each bucket.
    assertThat(
            registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .filter(name -> !name.endsWith(".histogram"))
                .distinct())
        .hasSize(TidemarkMetric.values().length);
  }

  @Test
  void aNameThatCannotBeATagIsRefused() {
    assertThatThrownBy(() -> MicrometerTelemetry.of(registry, " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> MicrometerTelemetry.of(registry, "x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1..64");
  }

  @Test
  void aTelemetryMadeWhileTheLastOfItsNameGoesHasItsMeters() throws Exception {
    ExecutorService leaving = Executors.newSingleThreadExecutor();
    try {
      MicrometerTelemetry last = telemetry;
      for (int round = 0; round < 200; round++) {
        CyclicBarrier start = new CyclicBarrier(2);
        MicrometerTelemetry old = last;
        Future<?> gone =
            leaving.submit(
                () -> {
                  start.await();
                  old.close();
                  return null;
                });
        start.await();
        last = MicrometerTelemetry.of(registry);
        gone.get();

        last.failed(ErrorCode.STORE_BUSY);
        assertThat(counter("tidemark.errors", "code", "STORE_BUSY")).as("%d", round).isPositive();
        assertThat(registry.find("tidemark.open").gauge()).as("%d", round).isNotNull();
      }
    } finally {
      leaving.shutdownNow();
    }
  }

  private Timer timer(String name, String... tags) {
    return registry.get(name).tags(tags).timer();
  }

  private DistributionSummary summary(String name, String... tags) {
    return registry.get(name).tags(tags).summary();
  }

  private double counter(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private Set<String> values(String name, String key) {
    return registry.get(name).meters().stream()
        .map(meter -> String.valueOf(meter.getId().getTag(key)))
        .collect(Collectors.toSet());
  }
}

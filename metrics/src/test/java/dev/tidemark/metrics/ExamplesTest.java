package dev.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.NodeId;
import dev.tidemark.api.Placement;
import dev.tidemark.api.ReplicaId;
import dev.tidemark.core.Tidemark;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What docs/metrics.md shows compiles and works. */
class ExamplesTest {
  @Test
  void aPlainApplicationAnswersWithItsFigures() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    MicrometerTelemetry telemetry = MicrometerTelemetry.of(registry, "notes");
    try (Tidemark store = Tidemark.builder("memory:plain").telemetry(telemetry).open()) {
      store.survey(); // what is pending or staged since an earlier run
      store.document("notes").replica(ReplicaId.random()).insert(NodeId.ROOT, Placement.last());
      String answer = registry.scrape(); // to GET /metrics
      assertThat(answer)
          .contains("tidemark_append_operations_sum{store=\"notes\"} 1.0")
          .contains("tidemark_pending_operations{store=\"notes\"} 0.0");
    }
  }

  // The application's half of Spring Boot, which makes the registry itself.
  @Configuration(proxyBeanMethods = false)
  static class StoreConfiguration {
    @Bean
    MicrometerTelemetry tidemarkTelemetry(MeterRegistry registry) {
      return MicrometerTelemetry.of(registry, "notes");
    }

    @Bean
    Tidemark store(MicrometerTelemetry telemetry) {
      Tidemark store = Tidemark.builder("memory:spring").telemetry(telemetry).open();
      store.survey(); // what is pending or staged since an earlier run
      return store;
    }
  }

  @Test
  void springHandsItsRegistryOverAndClosesInOrder() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      context.registerBean(MeterRegistry.class, () -> registry);
      context.register(StoreConfiguration.class);
      context.refresh();
      context.getBean(Tidemark.class).document("notes").status();
      assertThat(registry.get("tidemark.open").tag("store", "notes").gauge().value()).isEqualTo(1);
    }
    assertThat(registry.getMeters()).as("closed with the application").isEmpty();
  }

  @Test
  void theDocumentShowsThisCode() {
    String test = Documents.read(Path.of("src/test/java/dev/tidemark/metrics/ExamplesTest.java"));
    List<String> blocks =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Documents.read(Documents.METRICS))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    assertThat(blocks).hasSize(2);
    for (String block : blocks) {
      assertThat(block.lines().count()).isGreaterThan(5);
      block
          .lines()
          .filter(line -> !line.contains("sqlite:") && !line.strip().equals("…"))
          .forEach(line -> assertThat(test).contains(line.strip()));
    }
  }
}

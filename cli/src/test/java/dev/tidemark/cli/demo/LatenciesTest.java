package dev.tidemark.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreMeasuredValues() {
    Latencies latencies = new Latencies();
    assertThat(latencies.percentile(99)).isZero();
    assertThat(latencies.median()).isEqualTo("-");
    for (int number = 200; number >= 1; number--) {
      latencies.add(number);
    }
    assertThat(latencies.count()).isEqualTo(200);
    assertThat(latencies.percentile(50)).isEqualTo(100);
    assertThat(latencies.percentile(99)).isEqualTo(198);
    assertThat(latencies.percentile(100)).isEqualTo(200);
    assertThat(latencies.percentile(0)).isEqualTo(1);
  }
}

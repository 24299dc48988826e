package dev.tidemark.conformance.kit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A slow store is not kept for hours, and nobody waits without a word. */
class RandomCasesTest {
  private final AtomicLong clock = new AtomicLong(77);
  private final List<String> lines = new ArrayList<>();

  private long run(@Nullable Long asked, int share, Duration each) {
    RandomCases cases = new RandomCases(asked, share, clock::get, lines::add);
    while (cases.next()) {
      clock.addAndGet(each.toNanos());
    }
    assertThat(cases.isOver()).isTrue();
    return cases.run();
  }

  @Test
  void aSlowStoreRunsThoseThatFitIntoAMinute() {
    assertThat(run(null, 1, Duration.ofMillis(120))).isEqualTo(500);
  }

  @Test
  void aFastStoreRunsNoMoreThanFiftyThousand() {
    assertThat(run(null, 1, Duration.ofNanos(1))).isEqualTo(50_000);
    assertThat(run(null, 10, Duration.ofNanos(1))).isEqualTo(5_000);
  }

  @Test
  void theFirstOneRunsHoweverSlow() {
    assertThat(run(null, 1, Duration.ofHours(1))).isEqualTo(1);
    assertThat(run(3L, 50, Duration.ofHours(1))).isEqualTo(1);
  }

  @Test
  void whoAsksForANumberGetsIt() {
    assertThat(run(1_000L, 1, Duration.ofSeconds(7))).isEqualTo(1_000);
  }

  @Test
  void everyTenSecondsALineTellsHowFarItIs() {
    run(20L, 1, Duration.ofSeconds(2));

    assertThat(lines)
        .containsExactly(
            "random histories: 6 of 20, 10 s",
            "random histories: 11 of 20, 20 s",
            "random histories: 16 of 20, 30 s",
            "random histories: 20 of 20, 40 s");
  }
}

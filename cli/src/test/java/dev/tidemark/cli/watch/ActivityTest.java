package dev.tidemark.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Reading the text format, and the difference of two pages. */
class ActivityTest {
  private static final MetricsPage EARLIER =
      MetricsPage.parse(
          """
          # HELP t_seconds a "timer"
          # TYPE t_seconds histogram
          t_seconds_bucket{path="a",le="0.001"} 10
          t_seconds_bucket{path="a",le="0.01"} 10
          t_seconds_bucket{path="a",le="+Inf"} 10
          """);
  private static final MetricsPage LATER =
      MetricsPage.parse(
          """
          t_seconds_bucket{path="a",le="0.001"} 60 1700000000000
          t_seconds_bucket{path="a",le="0.01"} 100
          t_seconds_bucket{path="a",le="+Inf"} 110
          t_seconds_bucket{path="b",le="+Inf"} 7.0
          gauge NaN
          odd{say="a \\"b\\" {c}",x="y"} 1.5e3
          """);

  @Test
  void quantilesAreOfTheTimeBetween() {
    Activity activity = Activity.of(EARLIER, LATER, "t_seconds", "path", "a");
    assertThat(activity.count()).isEqualTo(100);
    assertThat(activity.quantile(0.25).getAsDouble()).isCloseTo(0.0005, within(1e-9));
    assertThat(activity.quantile(0.7).getAsDouble()).isCloseTo(0.0055, within(1e-9));
    assertThat(activity.quantile(0.99).getAsDouble()).as("beyond all bounds").isEqualTo(0.01);
  }

  @Test
  void whereNothingHappenedThereIsNoQuantile() {
    Activity activity = Activity.of(LATER, LATER, "t_seconds", "path", "a");
    assertThat(activity.count()).isZero();
    assertThat(activity.quantile(0.5)).isEmpty();
    assertThat(Activity.of(EARLIER, LATER, "missing", "", "").quantile(0.5)).isEmpty();
  }

  @Test
  void aProcessThatWasStartedAgainIsCountedFromItsStart() {
    assertThat(Activity.of(LATER, EARLIER, "t_seconds", "path", "a").count()).isEqualTo(10);
  }

  @Test
  void labelsMayHoldAnything() {
    assertThat(LATER.all("gauge").get(0).value()).isNaN();
    MetricsPage.Sample odd = LATER.samples("odd", "x", "y").get(0);
    assertThat(odd.value()).isEqualTo(1500);
    assertThat(odd.labels()).containsEntry("say", "a \\\"b\\\" {c}");
  }
}

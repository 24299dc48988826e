package dev.tidemark.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.api.ErrorCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard and the rules fit the metrics, the error codes and the runbook. */
class RulesTest {
  /** What an application does wrong, or asks for in vain: nothing to wake an operator for. */
  private static final Set<ErrorCode> MISTAKES_OF_CALLERS =
      Set.of(
          ErrorCode.INVALID_ARGUMENT,
          ErrorCode.CLOCK_EXHAUSTED,
          ErrorCode.NODE_NOT_FOUND,
          ErrorCode.CYCLE,
          ErrorCode.NO_ORDER_KEY,
          ErrorCode.OPERATION_NOT_FOUND,
          ErrorCode.INVALID_STORE_URI,
          ErrorCode.BACKEND_NOT_FOUND,
          ErrorCode.BACKEND_AMBIGUOUS,
          ErrorCode.CLOSED,
          ErrorCode.INTERRUPTED,
          ErrorCode.UNSUPPORTED,
          ErrorCode.CHUNK_SIZE_OUT_OF_RANGE,
          ErrorCode.PAYLOAD_SOURCE_FAILED);

  @Test
  void everyCodeIsOneAlertsBusinessOrTheCallers() {
    List<String> alerted = new ArrayList<>();
    for (MatchResult codes : matches("code=~\"([A-Z_|]+)\"", Documents.RULES)) {
      alerted.addAll(Arrays.asList(codes.group(1).split("\\|", -1)));
    }
    MISTAKES_OF_CALLERS.forEach(code -> alerted.add(code.name()));
    assertThat(alerted)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ErrorCode.values())
                .map(Enum::name)
                .filter(code -> !code.startsWith("TRACE_")) // no store has to do with traces
                .toList());
  }

  @Test
  void everyAlertHasATestThatItFiresAndOneThatItDoesNot() {
    String tests = Documents.read(Documents.RULES_TEST);
    for (String alert : alerts()) {
      String about = "alertname: " + alert + "\n        exp_alerts:";
      assertThat(tests).contains(about + "\n          - exp_labels:").contains(about + " []");
    }
  }

  @Test
  void everyAlertIsInTheRunbook() {
    String runbook = Documents.read(Documents.OPERATIONS);
    for (String alert : alerts()) {
      assertThat(Documents.read(Documents.RULES))
          .contains("runbook_url: docs/operations.md#" + alert.toLowerCase(Locale.ROOT) + "\n");
      int begin = runbook.indexOf("### " + alert + "\n");
      assertThat(begin).as("a section on %s", alert).isNotNegative();
      String section = runbook.substring(begin, runbook.indexOf("\n#", begin + 1));
      assertThat(section)
          .as(alert)
          .contains("**It means**")
          .contains("**Look at**")
          .contains("**Do**");
    }
    assertThat(matches("### (Tidemark\\w+)\n", Documents.OPERATIONS).stream().map(m -> m.group(1)))
        .containsExactlyInAnyOrderElementsOf(alerts());
  }

  @Test
  void dashboardAndRulesAskForWhatThereIs() {
    Set<String> there = PrometheusNames.series();
    for (Path file : List.of(Documents.DASHBOARD, Documents.RULES, Documents.RULES_TEST)) {
      Set<String> asked =
          matches("(?<![\\w:])tidemark_\\w+(?![\\w:])", file).stream()
              .map(MatchResult::group)
              .collect(Collectors.toSet());
      assertThat(asked).isNotEmpty();
      assertThat(there).as("%s", file).containsAll(asked);
    }
  }

  @Test
  void everyMetricIsShownOrPartOfARule() {
    String shown = Documents.read(Documents.DASHBOARD) + Documents.read(Documents.RULES);
    for (TidemarkMetric metric : TidemarkMetric.values()) {
      boolean isSizeOnly = metric.meterName().matches("tidemark\\.chunk\\.\\w+\\.operations");
      assertThat(shown.contains(PrometheusNames.of(metric)) || isSizeOnly)
          .as("%s", metric)
          .isTrue();
    }
  }

  private static List<String> alerts() {
    List<String> alerts =
        matches("- alert: (\\w+)\n", Documents.RULES).stream().map(m -> m.group(1)).toList();
    assertThat(alerts).hasSizeGreaterThan(5);
    return alerts;
  }

  private static List<MatchResult> matches(String pattern, Path file) {
    return Pattern.compile(pattern).matcher(Documents.read(file)).results().toList();
  }
}

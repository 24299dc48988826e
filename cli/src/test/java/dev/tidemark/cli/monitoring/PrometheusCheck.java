package dev.tidemark.cli.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidemark.api.CatchUpPath;
import dev.tidemark.api.ErrorCode;
import dev.tidemark.cli.metrics.MetricsEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes a real run: every query of the dashboard and every rule returns data,
 * and the figures are those that the program counted itself. Not part of the ordinary tests, as it
 * needs the programs {@code prometheus} and {@code promtool}, and fails without them: {@code
 * .ci/run} runs it.
 *
 * <p>{@code -Dtidemark.dashboard.seconds} makes the run longer, and {@code
 * -Dtidemark.dashboard.page} names a file for the dashboard drawn from it.
 */
class PrometheusCheck {
  private static final long SECONDS = Long.getLong("tidemark.dashboard.seconds", 10);
  private static final Path RULE_TESTS =
      Path.of("../metrics/src/test/resources/dev/tidemark/metrics/tidemark-rules.test.yml");
  private static final List<Double> BOUNDS =
      List.of(
          0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0,
          2.5, 5.0, 10.0);

  @TempDir private Path directory;

  @Test
  void promtoolTakesTheRulesAndTheirTests() throws Exception {
    rules();
    Files.copy(RULE_TESTS, directory.resolve("tidemark-rules.test.yml"));
    String checked = PrometheusServer.promtool(directory, "check", "rules", "tidemark-rules.yml");
    String tested =
        PrometheusServer.promtool(directory, "test", "rules", "tidemark-rules.test.yml");
    System.out.println(checked + tested);
    assertThat(checked).contains("SUCCESS: 18 rules found");
    assertThat(tested).contains("SUCCESS").doesNotContain("FAILED");
  }

  @Test
  void everyQueryAndRuleShowsWhatTheProgramCounted() throws Exception {
    try (PrometheusServer prometheus = PrometheusServer.start(directory, rules());
        MetricsEndpoint endpoint = MetricsEndpoint.start("127.0.0.1", 0);
        Workload workload = new Workload(directory, endpoint)) {
      prometheus.scrape(Map.of("replicator", endpoint.url()));
      PrometheusApi api = prometheus.api();
      // From 0 on: what was counted before the first scrape is in no rate.
      Awaits.until("a scrape", () -> api.query("tidemark_open_stores").size() == 2);
      assertThat(api.value("tidemark_staged_payloads{store=\"second\"}")).as("new").isZero();
      long start = System.currentTimeMillis();
      run(workload);
      awaitScrape(api);

      requireCounts(api, "first", workload.first());
      requireCounts(api, "second", workload.second());
      requireGauges(api);
      requireDashboard(api, workload);
      requireRules(api);
      requireGoodNames(endpoint.url());
      String page = System.getProperty("tidemark.dashboard.page");
      if (page != null) {
        new DashboardPage(DashboardFile.shipped(), api, start / 1e3, now()).write(Path.of(page));
      }
    }
  }

  @Test
  void aCommandIsScrapedWhileItRuns() throws Exception {
    String uri = "sqlite:" + directory.resolve("imported.db") + "?synchronous=off";
    try (PrometheusServer prometheus = PrometheusServer.start(directory, rules());
        RunningImport running = RunningImport.start(directory, uri)) {
      prometheus.scrape(Map.of("importer", running.metricsUrl()));
      PrometheusApi api = prometheus.api();
      running.sendHistory();
      // It waits for more now; what it has of the last transaction it keeps for later.
      String counter = "tidemark_append_operations_sum{store=\"target\"}";
      Awaits.until(
          "all that was sent",
          () ->
              api.query(counter).stream()
                  .anyMatch(s -> s.value() > 4_000 && s.value() == running.operationsStored()));
      double scraped = api.value(counter);
      JsonTree watched =
          running.json("stats", "--watch", "--rounds", "1", "--metrics", running.metricsUrl());
      System.out.println("scraped from the import: " + scraped + " operations");
      assertThat(watched.get("writer").get("operations").number()).isEqualTo(scraped);
      assertThat(running.finish().get("appended").number()).isGreaterThanOrEqualTo(scraped);
    }
  }

  private static void run(Workload workload) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    long nextTrouble = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS / 2);
    int deferred = 0;
    for (int step = 0; step == 0 || System.nanoTime() < end; step++) {
      workload.step(30 + 50 * (step % 3));
      if (step % 20 == 10) {
        workload.takeEveryPath("moves-" + step);
      }
      if (step % 25 == 5) {
        workload.defer("deferred-" + deferred++);
      } else if (step % 25 == 15) {
        workload.catchUp("deferred-" + (deferred - 1));
      }
      if (System.nanoTime() > nextTrouble) {
        workload.refuse();
        workload.meetAnotherWriter();
        workload.stage("large-" + step);
        nextTrouble += TimeUnit.SECONDS.toNanos(Math.max(1, SECONDS / 4));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    workload.takeEveryPath("moves");
    workload.defer("deferred");
    workload.stage("large");
    workload.refuse();
    workload.meetAnotherWriter();
  }

  /** Waits until all that happened is in Prometheus, and in its rules. */
  private static void awaitScrape(PrometheusApi api) {
    double end = now();
    Awaits.until("a scrape", () -> api.value("min(timestamp(up))") > end);
    double scraped = now();
    Awaits.until(
        "the rules",
        () ->
            api.value("min(timestamp(instance_store_code:tidemark_errors:increase10m))")
                > scraped + 1);
  }

  private static double now() {
    return System.currentTimeMillis() / 1e3;
  }

  private static void requireCounts(PrometheusApi api, String store, Counts counts) {
    String of = "{store=\"" + store + "\"}";
    assertThat(counts.operations()).isPositive();
    requireValue(api, "tidemark_append_operations_sum" + of, counts.operations());
    requireValue(api, "tidemark_append_seconds_count" + of, counts.appendNanos().size());
    requireValue(api, "tidemark_append_late_operations_total" + of, counts.late());
    requireValue(api, "tidemark_chunk_read_size_bytes_sum" + of, counts.bytesRead());
    requireValue(
        api,
        "tidemark_chunk_read_seconds_count{store=\"%s\",result=\"chunk\"}".formatted(store),
        counts.chunkReadNanos().size());
    requireValue(api, "tidemark_chunk_apply_seconds_count" + of, counts.chunksApplied());
    requireValue(api, "tidemark_chunk_apply_size_bytes_sum" + of, counts.bytesApplied());
    for (CatchUpPath path : CatchUpPath.values()) {
      if (path == CatchUpPath.NONE) {
        continue;
      }
      String by =
          "{store=\"%s\",path=\"%s\"}".formatted(store, path.name().toLowerCase(Locale.ROOT));
      requireValue(api, "tidemark_catchup_seconds_count" + by, counts.catchUpCalls(path));
      requireValue(api, "tidemark_catchup_operations_sum" + by, counts.catchUp(path).operations());
      requireValue(
          api, "tidemark_catchup_visited_operations_sum" + by, counts.catchUp(path).visited());
      requireValue(
          api, "tidemark_catchup_written_rows_sum" + by, counts.catchUp(path).rowsWritten());
      if (store.equals("second")) {
        assertThat(counts.catchUpCalls(path)).as("%s happened", path).isPositive();
      }
    }
    for (ErrorCode code : ErrorCode.values()) {
      String by = "{store=\"%s\",%s=\"%s\"}";
      requireValue(
          api, "tidemark_errors_total" + by.formatted(store, "code", code), counts.errors(code));
      if (code.isRetryable()) {
        requireValue(
            api,
            "tidemark_retries_total" + by.formatted(store, "cause", code),
            counts.retries(code));
      }
    }
  }

  private static void requireValue(PrometheusApi api, String expression, long expected) {
    assertThat(api.value(expression)).as(expression).isEqualTo((double) expected);
  }

  private static void requireGauges(PrometheusApi api) {
    assertThat(api.value("tidemark_pending_operations{store=\"second\"}")).isGreaterThan(1);
    assertThat(api.value("tidemark_behind_documents{store=\"second\"}")).isPositive();
    assertThat(api.value("tidemark_frontier_age_seconds{store=\"second\"}")).isPositive();
    assertThat(api.value("tidemark_staged_payloads{store=\"second\"}")).isPositive();
    assertThat(api.value("tidemark_pending_operations{store=\"first\"}")).isZero();
  }

  private static void requireDashboard(PrometheusApi api, Workload workload) {
    List<String> empty = new ArrayList<>();
    int queries = 0;
    for (DashboardFile.Panel panel : DashboardFile.shipped().panels(SECONDS + 300 + "s")) {
      for (DashboardFile.Target target : panel.targets()) {
        queries++;
        if (api.query(target.expression()).stream().noneMatch(s -> Double.isFinite(s.value()))) {
          empty.add(panel.title() + ": " + target.expression());
        }
      }
    }
    System.out.println("dashboard: " + queries + " queries");
    assertThat(queries).isGreaterThan(25);
    assertThat(empty).as("queries without data").isEmpty();

    Counts first = workload.first();
    Counts second = workload.second();
    double late = (double) first.late() + second.late();
    double operations = (double) first.operations() + second.operations();
    requireStat(api, "Late share", late / operations, 1e-9);
    double errors = (double) first.allErrors() + second.allErrors();
    // Prometheus adds what may have happened until now; exact numbers are compared above.
    requireStat(api, "Errors in the last hour", errors, 0.3 * errors);
    List<Long> appends = new ArrayList<>(first.appendNanos());
    appends.addAll(second.appendNanos());
    requireInBucket(api, "Append, p99", Counts.quantile(appends, 0.99));
    List<Long> reads = new ArrayList<>(first.chunkReadNanos());
    reads.addAll(second.chunkReadNanos());
    requireInBucket(api, "Chunk read, p99", Counts.quantile(reads, 0.99));
  }

  private static double stat(PrometheusApi api, String title) {
    DashboardFile.Panel panel =
        DashboardFile.shipped().panels(SECONDS + 300 + "s").stream()
            .filter(found -> found.title().equals(title))
            .findFirst()
            .orElseThrow();
    return api.value(panel.targets().get(0).expression());
  }

  private static void requireStat(
      PrometheusApi api, String title, double expected, double tolerance) {
    double shown = stat(api, title);
    System.out.println(title + ": shown " + shown + ", counted " + expected);
    assertThat(shown).as(title).isCloseTo(expected, within(tolerance));
  }

  /** A histogram knows in which bucket a quantile is, and no more. */
  private static void requireInBucket(PrometheusApi api, String title, double counted) {
    double shown = stat(api, title);
    System.out.println(title + ": shown " + shown + " s, counted " + counted + " s");
    double upper = BOUNDS.stream().filter(bound -> bound >= counted).findFirst().orElse(1e9);
    double lower = BOUNDS.stream().filter(bound -> bound < upper).reduce(0.0, (a, b) -> b);
    assertThat(shown).as(title).isBetween(lower, upper);
  }

  private static void requireRules(PrometheusApi api) {
    Map<String, String> states = new TreeMap<>();
    for (JsonTree rule : api.rules()) {
      String name = rule.get("name").text();
      assertThat(rule.get("health").text()).as(name).isEqualTo("ok");
      String expression = rule.get("query").text();
      if (rule.get("type").text().equals("alerting")) {
        // What is compared must be there, whether or not it is beyond the threshold.
        assertThat(expression).as("of the form: value > threshold").matches("(?s).* > [0-9.]+");
        expression = expression.substring(0, expression.lastIndexOf('>'));
        states.put(name, rule.get("state").text());
      }
      assertThat(api.query(expression))
          .as(name)
          .isNotEmpty()
          .anyMatch(sample -> Double.isFinite(sample.value()));
    }
    System.out.println("alerts: " + states);
    assertThat(states)
        .hasSize(10)
        .containsEntry("TidemarkInputRefused", "firing")
        .containsEntry("TidemarkStoreBusy", "firing")
        .containsEntry("TidemarkStagedStuck", "pending")
        .containsEntry("TidemarkStoreDamaged", "inactive")
        .containsEntry("TidemarkStoreFailing", "inactive")
        .containsEntry("TidemarkFrontierOld", "inactive");
  }

  /** Prometheus has its own opinion on names, units and descriptions. */
  private void requireGoodNames(String url) throws IOException, InterruptedException {
    Path page = directory.resolve("metrics.txt");
    try (InputStream metrics = URI.create(url).toURL().openStream()) {
      Files.copy(metrics, page);
    }
    String said =
        PrometheusServer.promtool(
            directory, ProcessBuilder.Redirect.from(page.toFile()), "check", "metrics");
    assertThat(said).isEmpty();
  }

  private Path rules() throws IOException {
    return Files.writeString(
        directory.resolve("tidemark-rules.yml"), DashboardFile.resource("tidemark-rules.yml"));
  }
}

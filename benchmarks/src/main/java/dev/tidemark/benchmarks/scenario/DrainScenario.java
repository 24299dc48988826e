package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.LogShape;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Measurement;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Chart.Axis;
import dev.tidemark.benchmarks.result.Chart.Line;
import dev.tidemark.benchmarks.result.Chart.Point;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reading a window chunk by chunk. */
public final class DrainScenario implements Scenario {
  private static final Bar FLAT = Bar.atMost(1.15);
  private static final Bar THROUGHPUT = Bar.atLeast(0.6);

  private final List<Line> latencies = new ArrayList<>();

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public String title() {
    return "Drain one chunk per call, each on a fresh read transaction, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    latencies.clear();
    int many = run.pick(200, 10_000, 20_000);
    List<LogShape> shapes =
        List.of(
            new LogShape(many, 8_000, many),
            new LogShape(many, 8_000, 1),
            new LogShape(10 * many, 200, many),
            new LogShape(10 * many, 200, Math.min(10, many)),
            new LogShape(run.pick(2_000, 100_000, 1_000_000), 100, run.pick(2, 100, 1_000)));
    for (LogShape shape : shapes) {
      Path file = run.stores().log(shape);
      for (int chunkSize : new int[] {256 << 10, 5 << 20}) {
        measure(run, shape, file, chunkSize);
      }
    }
    run.add(
        new Chart(
            "latency-by-chunk",
            "Latency of one call by chunk index, chunks of 256 KiB",
            new Axis("chunk", false),
            new Axis("milliseconds", false),
            List.copyOf(latencies)));
  }

  private void measure(Run run, LogShape shape, Path file, int chunkSize) throws Exception {
    List<Double> flatness = new ArrayList<>();
    List<Drain> drains = new ArrayList<>();
    Pairs seconds;
    try (Tidemark store = Tidemark.open(Stores.uri(file));
        RawStore raw = RawStore.open(file)) {
      seconds =
          run.inTurn(
              () -> {
                Drain drain = Drain.of(store.document(Stores.DOCUMENT), chunkSize, bytes -> {});
                flatness.add(drain.lastTenthToFirst());
                drains.add(drain);
                return drain.seconds();
              },
              () -> Measurement.time(raw::readLog));
    }
    String what = shape + ", " + (chunkSize >> 10) + " KiB chunks: ";
    double megabytes = shape.payloadTotal() / 1e6;
    run.add(
        Figure.rate(
            what + "throughput", "MB/s", megabytes, seconds, "one SELECT of the rows", THROUGHPUT));
    run.add(
        Figure.value(
            what + "last tenth / first", "x", counted(flatness, run.settings().rounds()), FLAT));
    if (chunkSize == 256 << 10) {
      latencies.add(new Line(shape.toString(), points(drains.get(drains.size() - 1))));
    }
  }

  /** Leaves the warm-up out. */
  static double[] counted(List<Double> values, int rounds) {
    return values.subList(values.size() - rounds, values.size()).stream()
        .mapToDouble(v -> v)
        .toArray();
  }

  /** At most some hundred points, each the mean of those around it. */
  private static List<Point> points(Drain drain) {
    List<Double> seconds = drain.latencies();
    int step = Math.max(1, seconds.size() / 100);
    List<Point> points = new ArrayList<>();
    for (int from = 0; from + step <= seconds.size(); from += step) {
      double mean =
          seconds.subList(from, from + step).stream().mapToDouble(s -> s).average().orElse(0);
      points.add(new Point(from + step / 2.0, mean * 1e3));
    }
    return points;
  }
}

package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.LogShape;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Measurement;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.harness.WrittenBytes;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Chart;
import dev.tidemark.benchmarks.result.Chart.Axis;
import dev.tidemark.benchmarks.result.Chart.Line;
import dev.tidemark.benchmarks.result.Chart.Point;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;

/** Reading by position against the two ways that need no position. */
public final class PositionalScenario implements Scenario {
  private static final int CHUNK = 256 << 10;
  private static final int SAMPLES = 8;

  @Override
  public String name() {
    return "positional";
  }

  @Override
  public String title() {
    return "Positional against a spool table and against replay from the start, SQLite";
  }

  @Override
  public void measure(Run run) throws Exception {
    int many = run.pick(200, 10_000, 20_000);
    LogShape shape = new LogShape(many, 8_000, many);
    Path copy = run.stores().copy(run.stores().log(shape));
    List<Double> ourBytes = new ArrayList<>();
    List<Double> spoolBytes = new ArrayList<>();
    Drain[] last = new Drain[1];
    List<Double> pages = new ArrayList<>();
    try (Tidemark store = Tidemark.open(Stores.uri(copy));
        RawStore raw = RawStore.open(copy)) {
      Document document = store.document(Stores.DOCUMENT);
      Pairs seconds =
          run.inTurn(
              () -> {
                WrittenBytes written = new WrittenBytes();
                last[0] = Drain.of(document, CHUNK, bytes -> {});
                ourBytes.add(written.sinceStart());
                return last[0].seconds();
              },
              () -> {
                WrittenBytes written = new WrittenBytes();
                double time = Measurement.time(() -> spool(document, raw, pages));
                spoolBytes.add(written.sinceStart());
                return time;
              });
      run.add(
          Figure.cost(
              shape + ", against a spool table",
              "ms",
              1e3,
              seconds,
              "spool table",
              run.unlessSmoke(Bar.atMost(1))));
      run.add(Figure.value("bytes written by position", "MB", megabytes(run, ourBytes), null));
      run.add(
          Figure.value("bytes written with a spool table", "MB", megabytes(run, spoolBytes), null));
      replay(run, document, last[0], pages);
    }
    Stores.delete(copy);
  }

  private static double[] megabytes(Run run, List<Double> bytes) {
    return bytes.subList(bytes.size() - run.settings().rounds(), bytes.size()).stream()
        .mapToDouble(b -> b / 1e6)
        .toArray();
  }

  /** The same chunks, all made at once and kept in a table until they are fetched. */
  private static void spool(Document document, RawStore raw, List<Double> pages) throws Exception {
    raw.execute("CREATE TABLE spool(number INTEGER PRIMARY KEY, chunk BLOB NOT NULL)");
    raw.begin();
    try (PreparedStatement insert =
        raw.connection().prepareStatement("INSERT INTO spool(chunk) VALUES (?)")) {
      Drain.of(document, CHUNK, chunk -> put(insert, chunk));
    }
    raw.commit();
    pages.clear();
    try (PreparedStatement select =
        raw.connection().prepareStatement("SELECT chunk FROM spool WHERE number = ?")) {
      for (int number = 1; ; number++) {
        long start = System.nanoTime();
        select.setInt(1, number);
        try (ResultSet row = select.executeQuery()) {
          if (!row.next()) {
            break;
          }
          row.getBytes(1);
        }
        pages.add((System.nanoTime() - start) / 1e6);
      }
    }
    raw.execute("DROP TABLE spool");
  }

  private static void put(PreparedStatement insert, byte[] chunk) {
    try {
      insert.setBytes(1, chunk);
      insert.executeUpdate();
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without a position, the chunk that follows is found by reading all those before it again. */
  private static void replay(Run run, Document document, Drain positional, List<Double> pages) {
    List<Double> latencies = positional.latencies();
    List<Point> replayed = new ArrayList<>();
    List<Point> byPosition = new ArrayList<>();
    List<Point> spooled = new ArrayList<>();
    for (int sample = 1; sample <= SAMPLES; sample++) {
      int index = Math.max(1, latencies.size() * sample / SAMPLES);
      double millis = Drain.first(document, CHUNK, index).seconds() * 1e3;
      replayed.add(new Point(index, millis));
      byPosition.add(new Point(index, latencies.get(index - 1) * 1e3));
      spooled.add(new Point(index, pages.get(index - 1)));
    }
    double total = 0;
    for (Point point : replayed) {
      total += point.y() / 1e3 * latencies.size() / SAMPLES;
    }
    run.add(
        Figure.cost(
            "replay from the start at each chunk, all chunks, from " + SAMPLES + " of them",
            "s",
            1,
            new Pairs(new double[] {total}, new double[] {positional.seconds()}),
            "by position",
            null));
    run.add(
        new Chart(
            "positional",
            "One call by chunk index, three ways",
            new Axis("chunk", false),
            new Axis("milliseconds", true),
            List.of(
                new Line("by position", byPosition),
                new Line("from a spool table, without filling it", spooled),
                new Line("replay from the start", replayed))));
  }
}

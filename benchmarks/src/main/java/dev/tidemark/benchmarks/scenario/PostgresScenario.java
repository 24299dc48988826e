package dev.tidemark.benchmarks.scenario;

import dev.tidemark.benchmarks.data.BalancedTree;
import dev.tidemark.benchmarks.data.LogShape;
import dev.tidemark.benchmarks.data.Stores;
import dev.tidemark.benchmarks.harness.Measurement;
import dev.tidemark.benchmarks.harness.Run;
import dev.tidemark.benchmarks.harness.Scenario;
import dev.tidemark.benchmarks.raw.PostgresPlace;
import dev.tidemark.benchmarks.raw.RawStore;
import dev.tidemark.benchmarks.raw.RowCopy;
import dev.tidemark.benchmarks.result.Bar;
import dev.tidemark.benchmarks.result.Figure;
import dev.tidemark.benchmarks.result.Pairs;
import dev.tidemark.core.Document;
import dev.tidemark.core.Tidemark;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the other scenarios measure on SQLite, on a PostgreSQL server. */
public final class PostgresScenario implements Scenario {
  private static final int BATCH = 1_000;
  private static final String ROWS = "multi-row inserts of the same rows";

  private int places;

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String title() {
    return "Drain, append, bulk apply, and readers beside a writer, PostgreSQL";
  }

  @Override
  public boolean needsPostgres() {
    return true;
  }

  @Override
  public void measure(Run run) throws Exception {
    String base = run.settings().postgres();
    if (base == null) {
      throw new IllegalStateException("no server: name one with --postgres URI");
    }
    int many = run.pick(200, 5_000, 20_000);
    List<LogShape> shapes =
        List.of(
            new LogShape(many, 8_000, many),
            new LogShape(many, 8_000, 1),
            new LogShape(10 * many, 200, many),
            new LogShape(10 * many, 200, Math.min(10, many)),
            new LogShape(run.pick(2_000, 100_000, 1_000_000), 100, run.pick(2, 100, 1_000)));
    for (LogShape shape : shapes) {
      try (PostgresPlace place = place(base);
          Tidemark store = Tidemark.open(place.uri());
          RawStore raw = place.open()) {
        Document document = store.document(Stores.DOCUMENT);
        shape.writeRandom(document);
        drain(run, shape, document, raw, 256 << 10);
        drain(run, shape, document, raw, 5 << 20);
      }
    }
    append(run, base);
    apply(run, base);
    readers(run, base);
  }

  private PostgresPlace place(String base) throws SQLException {
    PostgresPlace place = new PostgresPlace(base, "tidemark_bench_" + ++places);
    // What an earlier run left behind when it was stopped.
    place.close();
    return place;
  }

  private static void drain(Run run, LogShape shape, Document document, RawStore raw, int chunkSize)
      throws Exception {
    List<Double> flatness = new ArrayList<>();
    int[] pageSize = {1};
    Pairs seconds =
        run.inTurn(
            () -> {
              Drain drain = Drain.of(document, chunkSize, bytes -> {});
              flatness.add(drain.lastTenthToFirst());
              pageSize[0] = Math.max(1, shape.operations() / drain.latencies().size());
              return drain.seconds();
            },
            () -> Measurement.time(() -> raw.readLogPaged(pageSize[0])));
    String what = shape + ", " + (chunkSize >> 10) + " KiB chunks: ";
    run.add(
        Figure.rate(
            what + "throughput",
            "MB/s",
            shape.payloadTotal() / 1e6,
            seconds,
            "paged SELECT of the rows",
            Bar.atLeast(0.6)));
    run.add(
        Figure.value(
            what + "last tenth / first",
            "x",
            DrainScenario.counted(flatness, run.settings().rounds()),
            Bar.atMost(1.15)));
  }

  private void append(Run run, String base) throws Exception {
    int size = run.pick(2_000, 50_000, 1_000_000);
    PostgresPlace[] finished = {place(base)};
    Pairs seconds =
        run.inTurn(
            Math.min(3, run.settings().rounds()),
            () -> {
              finished[0].close();
              try (Tidemark store = Tidemark.open(finished[0].uri())) {
                Document document = store.document(Stores.DOCUMENT);
                BalancedTree tree = new BalancedTree(64, 0);
                double total = 0;
                for (long first = 1; first <= size; first += BATCH) {
                  var batch = tree.batch(first, BATCH);
                  total += Measurement.time(() -> document.append(batch));
                }
                return total;
              }
            },
            () -> copyRows(base, finished[0], size / BATCH));
    finished[0].close();
    run.add(
        Figure.rate(
            String.format(Locale.ROOT, "append of %,d operations", size),
            "op/s",
            size,
            seconds,
            ROWS,
            Bar.atLeast(0.5)));
  }

  private void apply(Run run, String base) throws Exception {
    int size = run.pick(2_000, 50_000, 1_000_000);
    List<byte[]> chunks = new ArrayList<>();
    try (Tidemark store = Tidemark.open(Stores.uri(run.stores().tree(size)))) {
      Drain.of(store.document(Stores.DOCUMENT), 5 << 20, chunks::add);
    }
    PostgresPlace applied = place(base);
    Pairs seconds =
        run.inTurn(
            Math.min(3, run.settings().rounds()),
            () -> {
              applied.close();
              try (Tidemark store = Tidemark.open(applied.uri())) {
                Document document = store.document(Stores.DOCUMENT);
                return Measurement.time(() -> chunks.forEach(document::apply));
              }
            },
            () -> copyRows(base, applied, chunks.size()));
    applied.close();
    run.add(
        Figure.rate(
            String.format(Locale.ROOT, "apply of %,d operations, 5,120 KiB chunks", size),
            "op/s",
            size,
            seconds,
            ROWS,
            Bar.atLeast(0.4)));
  }

  private double copyRows(String base, PostgresPlace finished, int transactions) throws Exception {
    try (PostgresPlace copy = place(base)) {
      Tidemark.open(copy.uri()).close();
      try (RawStore from = finished.open();
          RawStore to = copy.open()) {
        return RowCopy.seconds(from, to, transactions);
      }
    }
  }

  private void readers(Run run, String base) throws Exception {
    int size = run.pick(2_000, 20_000, 100_000);
    try (PostgresPlace place = place(base);
        Tidemark store = Tidemark.open(place.uri())) {
      Document document = store.document(Stores.DOCUMENT);
      new LogShape(size, 64, size / BATCH).writeRandom(document);
      ReadersScenario.measure(run, document, size, run.pick(3, 30, 200), null);
    }
  }
}
